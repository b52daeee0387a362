namespace ChannelD.Events;

/// <summary>What was pushed, over all chatDs and all their runs. For any thread.</summary>
internal sealed class EventCounts
{
    private long _sent;
    private long _refused;

    /// <summary>How many frames were sent.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>How often something was not taken because its chatD was behind.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>A frame was sent.</summary>
    public void CountSent() => Interlocked.Increment(ref _sent);

    /// <summary>Something was not taken.</summary>
    public void CountRefused() => Interlocked.Increment(ref _refused);
}
