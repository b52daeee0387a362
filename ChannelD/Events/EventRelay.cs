using ChannelD.Directory;
using Shared.Protocol.Messages.Events;

namespace ChannelD.Events;

/// <summary>
/// What the game's parts push into: they are made before the daemon is at its queues. Until the gateway says where messages go, and on a wire
/// that carries none, nobody is there to be shown anything.
/// </summary>
public sealed class EventRelay : IEventSink
{
    private volatile IEventSink _target = new NoEvents();

    /// <summary>What was pushed so far; null where nothing can be.</summary>
    internal (long Sent, long Refused, int Pending)? Counts => _target is EventOutboxes outboxes ? outboxes.Counts : null;

    /// <inheritdoc/>
    public bool TryPush(in GameMessage message, IReadOnlyList<SessionId> recipients) => _target.TryPush(message, recipients);

    /// <inheritdoc/>
    public bool TryPushToAll(in GameMessage message) => _target.TryPushToAll(message);

    /// <inheritdoc/>
    public ValueTask<DeliveryStatus?> DeliverAsync(GameMessage message, SessionId recipient, CancellationToken cancellationToken) =>
        _target.DeliverAsync(message, recipient, cancellationToken);

    /// <inheritdoc/>
    public bool TryUpdate(SessionId session, IReadOnlyList<string> blockedKeys) => _target.TryUpdate(session, blockedKeys);

    /// <inheritdoc/>
    public bool TryEnd(SessionId session, string code) => _target.TryEnd(session, code);

    /// <summary>Messages go there from now on.</summary>
    internal void SendTo(IEventSink target) => _target = target;
}
