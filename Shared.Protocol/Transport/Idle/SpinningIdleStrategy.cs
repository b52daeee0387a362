using System.Diagnostics;

namespace Shared.Protocol.Transport.Idle;

/// <summary>
/// Looks again for a time after the last frame, then sleeps. After the first microseconds it lets others of its processor go first between two looks: a
/// thread that spins must not keep away the one whose frame it waits for.
/// </summary>
public sealed class SpinningIdleStrategy : IIdleStrategy
{
    // Some ten instructions that do nothing: a look costs a system call with queues, and takes the line from the sender's cache with rings.
    private const int PauseIterations = 8;

    // About as long as an answer takes that is under way on another processor. What takes longer may be waiting for this one.
    private static readonly long s_aloneTicks = Stopwatch.Frequency / 100_000;

    private readonly long _spinTicks;
    private long _startedAt;

    /// <summary>Makes one for one thread.</summary>
    /// <param name="spinTime">How long after the last frame; more than zero.</param>
    public SpinningIdleStrategy(TimeSpan spinTime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(spinTime, TimeSpan.Zero);
        _spinTicks = Math.Max(1, (long)(spinTime.TotalSeconds * Stopwatch.Frequency));
    }

    /// <inheritdoc/>
    public bool LooksAgain(bool isBusy) => true;

    /// <inheritdoc/>
    public void OnFrame() => _startedAt = 0;

    /// <inheritdoc/>
    public bool TryPause()
    {
        long now = Stopwatch.GetTimestamp();
        if (_startedAt == 0)
        {
            _startedAt = now;
        }

        // After the time is over it stays over until a frame comes: who woke up for nothing does not spin again.
        long spent = now - _startedAt;
        if (spent >= _spinTicks)
        {
            return false;
        }

        if (spent < s_aloneTicks)
        {
            Thread.SpinWait(PauseIterations);
        }
        else
        {
            _ = Thread.Yield();
        }

        return true;
    }
}
