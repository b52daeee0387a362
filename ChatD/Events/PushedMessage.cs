using Shared.Protocol.Messages.Events;
using Shared.Protocol.Wire;

namespace ChatD.Events;

/// <summary>One message that a channelD has pushed: one of the three.</summary>
/// <param name="ChannelInstance">The channelD's number.</param>
/// <param name="ChannelGeneration">Its run.</param>
/// <param name="Event">An event, or null.</param>
/// <param name="Update">News of a session, or null.</param>
/// <param name="Ended">A session's end, or null.</param>
/// <param name="Trace">The trace of the line that has caused it, or null.</param>
internal readonly record struct PushedMessage(
    int ChannelInstance, ulong ChannelGeneration, GameEvent? Event = null, SessionUpdate? Update = null, SessionEnded? Ended = null, TraceContext? Trace = null)
{
    /// <summary>Its number in the stream.</summary>
    public ulong Number => Event?.Number ?? Update?.Number ?? Ended?.Number ?? 0;

    /// <summary>The run of chatD that it is for.</summary>
    public ulong ChatGeneration => Event?.ChatGeneration ?? Update?.ChatGeneration ?? Ended?.ChatGeneration ?? 0;
}
