using System.Diagnostics;

namespace Shared.Protocol.Diagnostics;

/// <summary>Lets one log line through in an interval, and says how many it held back. For any threads.</summary>
internal sealed class LogThrottle(TimeSpan interval)
{
    private readonly long _intervalTicks = (long)(interval.TotalSeconds * Stopwatch.Frequency);
    private long _nextTimestamp = long.MinValue;
    private long _heldBack;

    /// <summary>Whether this line may be written; <paramref name="heldBack"/> is how many were not, since the last one.</summary>
    internal bool TryPass(out long heldBack)
    {
        long now = Stopwatch.GetTimestamp();
        long next = Volatile.Read(ref _nextTimestamp);
        if (now < next || Interlocked.CompareExchange(ref _nextTimestamp, now + _intervalTicks, next) != next)
        {
            Interlocked.Increment(ref _heldBack);
            heldBack = 0;
            return false;
        }

        heldBack = Interlocked.Exchange(ref _heldBack, 0);
        return true;
    }
}
