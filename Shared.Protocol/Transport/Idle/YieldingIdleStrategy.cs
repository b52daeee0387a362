using System.Diagnostics;

namespace Shared.Protocol.Transport.Idle;

/// <summary>
/// Looks again only while more is on its way, and lets others of its processor go first before each look: for machines with no processor to spare. On one
/// processor it is the other side that then runs, and finds this one awake; on two, the wait for the rest of what is on its way is shorter than a wake-up.
/// With a single request under way it sleeps at once. Where looking was in vain it sleeps at once for a while, each time for twice as long.
/// </summary>
public sealed class YieldingIdleStrategy : IIdleStrategy
{
    // So often it sleeps at once, at most, between two times that it looks in vain: what is lost is then a small part of what the wake-ups cost anyway.
    private const int MaxSkips = 64;

    private readonly long _lookTicks;
    private long _startedAt;
    private int _skips;
    private int _left;

    /// <summary>Makes one for one thread.</summary>
    /// <param name="lookTime">How long after the last frame; more than zero.</param>
    public YieldingIdleStrategy(TimeSpan lookTime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lookTime, TimeSpan.Zero);
        _lookTicks = Math.Max(1, (long)(lookTime.TotalSeconds * Stopwatch.Frequency));
    }

    /// <inheritdoc/>
    public bool LooksAgain(bool isBusy)
    {
        if (!isBusy)
        {
            return false;
        }

        if (_left > 0)
        {
            _left--;
            return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public void OnFrame()
    {
        if (_startedAt != 0)
        {
            // It came while this looked.
            _startedAt = 0;
            _skips = 0;
        }
    }

    /// <inheritdoc/>
    public bool TryPause()
    {
        long now = Stopwatch.GetTimestamp();
        if (_startedAt == 0)
        {
            _startedAt = now;
        }
        else if (now - _startedAt >= _lookTicks)
        {
            _startedAt = 0;
            _skips = Math.Min(Math.Max(1, 2 * _skips), MaxSkips);
            _left = _skips;
            return false;
        }

        _ = Thread.Yield();
        return true;
    }
}
