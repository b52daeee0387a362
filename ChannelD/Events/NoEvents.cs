using ChannelD.Directory;
using Shared.Protocol.Messages.Events;

namespace ChannelD.Events;

/// <summary>For wires without events, and for parts that run without a gateway: nobody is there to be shown anything.</summary>
public sealed class NoEvents : IEventSink
{
    /// <inheritdoc/>
    public bool TryPush(in GameMessage message, IReadOnlyList<SessionId> recipients) => true;

    /// <inheritdoc/>
    public bool TryPushToAll(in GameMessage message) => true;

    /// <inheritdoc/>
    public ValueTask<DeliveryStatus?> DeliverAsync(GameMessage message, SessionId recipient, CancellationToken cancellationToken) =>
        ValueTask.FromResult<DeliveryStatus?>(DeliveryStatus.Gone);

    /// <inheritdoc/>
    public bool TryUpdate(SessionId session, IReadOnlyList<string> blockedKeys) => true;

    /// <inheritdoc/>
    public bool TryEnd(SessionId session, string code) => true;
}
