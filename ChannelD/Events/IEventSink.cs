using ChannelD.Directory;
using Shared.Protocol.Messages.Events;

namespace ChannelD.Events;

/// <summary>
/// Takes what players are to be shown. Messages of one caller to the same recipients are shown in the order of the calls. Nothing here waits but
/// <see cref="DeliverAsync"/>. For any thread.
/// </summary>
public interface IEventSink
{
    /// <summary>Shows a message to sessions of any channel and any chatD: one frame for each chatD.</summary>
    /// <param name="message">The message.</param>
    /// <param name="recipients">Who is shown it. Read before this returns; its owner uses it again for the next message.</param>
    /// <returns>False if a chatD is so far behind that it was not taken for it: back-pressure, of which the sender of the message is told.</returns>
    bool TryPush(in GameMessage message, IReadOnlyList<SessionId> recipients);

    /// <summary>Shows a message to everybody on all channels.</summary>
    /// <returns>As above.</returns>
    bool TryPushToAll(in GameMessage message);

    /// <summary>Shows a message to one session, and learns what became of it.</summary>
    /// <returns>Null when its chatD did not say in time: it may have been shown.</returns>
    ValueTask<DeliveryStatus?> DeliverAsync(GameMessage message, SessionId recipient, CancellationToken cancellationToken);

    /// <summary>Tells the chatD of a session whom its player blocks.</summary>
    bool TryUpdate(SessionId session, IReadOnlyList<string> blockedKeys);

    /// <summary>Ends a session at its chatD; the directory is the caller's to change.</summary>
    bool TryEnd(SessionId session, string code);
}
