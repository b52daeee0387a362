using ChannelD.Directory;
using ChannelD.Events;
using Shared.Protocol.Messages.Events;

namespace ChannelD.Tests.Support;

/// <summary>Keeps what players would have been shown, instead of showing it.</summary>
internal sealed class RecordedEvents : IEventSink
{
    private readonly Lock _gate = new();
    private readonly List<(GameMessage Message, IReadOnlyList<SessionId>? Recipients)> _pushed = [];

    /// <summary>In the order of the calls; the recipients are null where it went to everybody.</summary>
    public IReadOnlyList<(GameMessage Message, IReadOnlyList<SessionId>? Recipients)> Pushed
    {
        get
        {
            lock (_gate)
            {
                return [.. _pushed];
            }
        }
    }

    /// <summary>Whether there is room.</summary>
    public bool HasRoom { get; set; } = true;

    /// <summary>What the recipient's chatD says of a message that wants a report.</summary>
    public DeliveryStatus? Report { get; set; } = DeliveryStatus.Taken;

    /// <summary>Whether there is room for updates.</summary>
    public bool TakesUpdates { get; set; } = true;

    public List<(SessionId Session, IReadOnlyList<string> BlockedKeys)> Updates { get; } = [];

    public List<(SessionId Session, string Code)> Ended { get; } = [];

    public bool TryPush(in GameMessage message, IReadOnlyList<SessionId> recipients)
    {
        Add(message, [.. recipients]);
        return HasRoom;
    }

    public bool TryPushToAll(in GameMessage message)
    {
        Add(message, null);
        return HasRoom;
    }

    public ValueTask<DeliveryStatus?> DeliverAsync(GameMessage message, SessionId recipient, CancellationToken cancellationToken)
    {
        Add(message, [recipient]);
        return ValueTask.FromResult(Report);
    }

    public bool TryUpdate(SessionId session, IReadOnlyList<string> blockedKeys)
    {
        Updates.Add((session, blockedKeys));
        return TakesUpdates;
    }

    public bool TryEnd(SessionId session, string code)
    {
        Ended.Add((session, code));
        return true;
    }

    private void Add(in GameMessage message, IReadOnlyList<SessionId>? recipients)
    {
        lock (_gate)
        {
            _pushed.Add((message, recipients));
        }
    }
}
