namespace Shared.Protocol.Requests;

/// <summary>
/// The time that deadlines are written in: nanoseconds of the monotonic clock. With <see cref="TimeProvider.System"/> on Linux that
/// is <c>CLOCK_MONOTONIC</c>, the same for all processes of a host and untouched when somebody sets the wall clock.
/// </summary>
/// <param name="time">Where the time comes from.</param>
public readonly struct MonotonicClock(TimeProvider time)
{
    private const long NsPerSecond = 1_000_000_000;

    private readonly long _frequency = time.TimestampFrequency;

    /// <summary>The time now, in nanoseconds.</summary>
    public long NowNs => FromTimestamp(time.GetTimestamp());

    /// <summary>The time that a time stamp of the same <see cref="TimeProvider"/> stands for, in nanoseconds.</summary>
    public long FromTimestamp(long timestamp) => _frequency == NsPerSecond
        ? timestamp
        : (timestamp / _frequency * NsPerSecond) + (timestamp % _frequency * NsPerSecond / _frequency);
}
