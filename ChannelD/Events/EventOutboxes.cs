using ChannelD.Diagnostics;
using ChannelD.Directory;
using Microsoft.Extensions.Logging;
using Shared.Protocol.Messages.Events;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire.Codecs;

namespace ChannelD.Events;

/// <summary>
/// Pushes to chatDs: one frame for all recipients of a chatD, into an outbox for each of them, so that one that does not read holds up its own
/// messages and no others. What is for a chatD that is not admitted is forgotten, for its sessions have ended.
/// </summary>
internal sealed class EventOutboxes : IEventSink, IDeliveryReports, IDisposable
{
    private static readonly TimeSpan s_logPause = TimeSpan.FromMinutes(1);

    private readonly ITransport _transport;
    private readonly FrameCodec _codec;
    private readonly ulong _generation;
    private readonly Func<int, ulong> _admitted;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly PendingDeliveries _deliveries;

    private readonly EventCounts _counts = new();

    // By instance; made when first used, and anew for each run of a chatD. Written under the lock.
    private readonly EventOutbox?[] _outboxes = new EventOutbox?[Mailbox.MaxInstance + 1];
    private readonly Lock _gate = new();
    private bool _isDisposed;
    private long _behindLoggedAt = long.MinValue;

    /// <summary>Makes empty ones.</summary>
    /// <param name="transport">Carries the frames. Not owned.</param>
    /// <param name="codec">The wire, which has to carry sessions.</param>
    /// <param name="generation">The own generation.</param>
    /// <param name="admitted">The generation of the chatD that is admitted under a number; 0 for none.</param>
    /// <param name="time">The clock of deadlines.</param>
    /// <param name="logger">Takes what an operator should know.</param>
    public EventOutboxes(
        ITransport transport, FrameCodec codec, ulong generation, Func<int, ulong> admitted, TimeProvider time, ILogger<EventOutboxes> logger)
    {
        _transport = transport;
        _codec = codec;
        _generation = generation;
        _admitted = admitted;
        _time = time;
        _logger = logger;
        _deliveries = new PendingDeliveries(generation, time);
    }

    /// <summary>How many frames wait for room.</summary>
    public int PendingCount => _outboxes.Sum(outbox => outbox?.PendingCount ?? 0);

    /// <summary>How many frames were sent, how many events were not taken, and how many frames wait.</summary>
    public (long Sent, long Refused, int Pending) Counts => (_counts.Sent, _counts.Refused, PendingCount);

    /// <inheritdoc/>
    public bool TryPush(in GameMessage message, IReadOnlyList<SessionId> recipients)
    {
        RecipientGroups groups = RecipientGroups.Of(recipients);
        bool isTaken = true;
        foreach (RecipientGroup group in groups)
        {
            isTaken &= TryPost(group.ChatInstance, group.Generation, Event(message, EventAudience.Sessions, group.UserIds));
        }

        return isTaken;
    }

    /// <inheritdoc/>
    public bool TryPushToAll(in GameMessage message)
    {
        bool isTaken = true;
        for (int instance = 0; instance <= Mailbox.MaxInstance; instance++)
        {
            if (_admitted(instance) is not 0 and ulong generation)
            {
                isTaken &= TryPost(instance, generation, Event(message, EventAudience.Everybody, []));
            }
        }

        return isTaken;
    }

    /// <inheritdoc/>
    public async ValueTask<DeliveryStatus?> DeliverAsync(GameMessage message, SessionId recipient, CancellationToken cancellationToken)
    {
        using PendingDelivery? delivery = _deliveries.TryBegin(recipient.ChatInstance, recipient.Generation);
        if (delivery is null)
        {
            return null;
        }

        // Looked up behind the line above: a chatD that is lost from now on ends the delivery.
        if (OutboxOf(recipient.ChatInstance, recipient.Generation) is not { } outbox)
        {
            return DeliveryStatus.Gone;
        }

        if (!outbox.TryPost(Event(message, EventAudience.Sessions, [recipient.UserId]) with { DeliveryId = delivery.Id }))
        {
            NoteBehind(recipient.ChatInstance);
            return null;
        }

        await using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            static state => ((PendingDelivery)state!).Complete(null), delivery);
        return await delivery.Completion;
    }

    /// <inheritdoc/>
    public bool TryUpdate(SessionId session, IReadOnlyList<string> blockedKeys) =>
        OutboxOf(session.ChatInstance, session.Generation) is not { } outbox
        || outbox.TryPost(new SessionUpdate(Number: 0, session.UserId, blockedKeys, ChatGeneration: 0))
        || NoteBehind(session.ChatInstance);

    /// <inheritdoc/>
    public bool TryEnd(SessionId session, string code) =>
        OutboxOf(session.ChatInstance, session.Generation) is not { } outbox
        || outbox.TryPost(new SessionEnded(Number: 0, session.UserId, code, ChatGeneration: 0))
        || NoteBehind(session.ChatInstance);

    /// <inheritdoc/>
    public void OnReport(ulong chatGeneration, in DeliveryReport report) => _deliveries.OnReport(chatGeneration, report);

    /// <summary>All sessions of a chatD have ended, but for those of one generation: nothing more is for them.</summary>
    public void OnSessionsEnded(int chatInstance, ulong exceptGeneration)
    {
        if (Volatile.Read(ref _outboxes[chatInstance]) is { } outbox && outbox.ChatGeneration != exceptGeneration)
        {
            outbox.Drop();
        }

        _deliveries.EndAll(chatInstance, exceptGeneration);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
        }

        ChannelLog.EventsStopped(_logger, _counts.Sent, _counts.Refused, PendingCount);
        foreach (EventOutbox? outbox in _outboxes)
        {
            outbox?.Dispose();
        }

        _deliveries.Dispose();
    }

    private static GameEvent Event(in GameMessage message, EventAudience audience, IReadOnlyList<int> userIds) => new(
        Number: 0,
        DeliveryId: 0,
        message.Room,
        message.Command,
        message.Code,
        message.Arguments,
        message.Sender,
        audience,
        userIds,
        ChatGeneration: 0);

    private bool TryPost(int chatInstance, ulong generation, in GameEvent message) =>
        OutboxOf(chatInstance, generation) is not { } outbox || outbox.TryPost(message) || NoteBehind(chatInstance);

    // Once in a while: a full outbox refuses thousands.
    private bool NoteBehind(int chatInstance)
    {
        _counts.CountRefused();
        long now = _time.GetTimestamp();
        long loggedAt = Volatile.Read(ref _behindLoggedAt);
        if ((loggedAt == long.MinValue || _time.GetElapsedTime(loggedAt, now) > s_logPause)
            && Interlocked.CompareExchange(ref _behindLoggedAt, now, loggedAt) == loggedAt)
        {
            ChannelLog.ChatIsBehind(_logger, chatInstance);
        }

        return false;
    }

    /// <summary>The stream to a run of chatD; null where that is not admitted.</summary>
    private EventOutbox? OutboxOf(int chatInstance, ulong generation)
    {
        if (generation == 0 || _admitted(chatInstance) != generation)
        {
            return null;
        }

        EventOutbox? outbox = Volatile.Read(ref _outboxes[chatInstance]);
        return outbox?.ChatGeneration == generation ? outbox : Make(chatInstance, generation);
    }

    private EventOutbox? Make(int chatInstance, ulong generation)
    {
        EventOutbox? earlier;
        EventOutbox made;
        lock (_gate)
        {
            earlier = _outboxes[chatInstance];
            if (_isDisposed || earlier?.ChatGeneration == generation)
            {
                return _isDisposed ? null : earlier;
            }

            var encoder = new EventEncoder(_codec, _generation, _transport.Limits.MaxFrameBytes);
            made = new EventOutbox(new Mailbox(MailboxKind.Event, chatInstance), generation, _transport, encoder, _counts, _time);
            Volatile.Write(ref _outboxes[chatInstance], made);
        }

        earlier?.Dispose();
        return made;
    }
}
