using ChatD.Gateway;
using Shared.Protocol.Messages.Events;
using Shared.Protocol.Wire;

namespace ChatD.Events;

/// <summary>
/// Takes what channelDs push for players. Calls for one channelD come one at a time, in the order in which the frames were read; none waits.
/// </summary>
internal interface IGameEventSink
{
    /// <summary>Something is to be shown to players.</summary>
    /// <param name="channelInstance">The channelD's number, from 0.</param>
    /// <param name="channelGeneration">Its run, as the envelope says.</param>
    /// <param name="message">What, and to whom.</param>
    /// <param name="trace">The trace of the line that has caused it; null for none.</param>
    void OnEvent(int channelInstance, ulong channelGeneration, in GameEvent message, TraceContext? trace = null);

    /// <summary>What has to be known of a session has changed.</summary>
    void OnUpdate(int channelInstance, ulong channelGeneration, in SessionUpdate message);

    /// <summary>A session has lost its character.</summary>
    void OnEnded(int channelInstance, ulong channelGeneration, in SessionEnded message);

    /// <summary>
    /// Players may have missed something: the mailbox was lost with what was in it, or a channelD has forgotten its sessions for a while. They are
    /// told.
    /// </summary>
    /// <param name="of">Whose sessions; null for all.</param>
    void OnLoss(ChannelPort? of = null);
}
