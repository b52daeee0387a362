namespace ChannelD.Tests.Support;

/// <summary>A clock that stands until it is told to go.</summary>
internal sealed class ManualTime : TimeProvider
{
    private static readonly DateTime s_start = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private long _ticks = 1;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public override DateTimeOffset GetUtcNow() => new(_ticks + s_start.Ticks, TimeSpan.Zero);

    public void Advance(TimeSpan span) => _ticks += span.Ticks;
}
