using ChannelD.Directory;
using ChannelD.Events;
using Microsoft.Extensions.Logging.Abstractions;
using Shared.Protocol.Messages.CPrograms;
using Shared.Protocol.Messages.Events;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Testing.Support.Time;
using Testing.Support.Transports;

namespace ChannelD.Tests.Events;

/// <summary>Messages to several chatDs, and what these report.</summary>
public sealed class EventOutboxesTests : IDisposable
{
    private const ulong Own = 0xD1;

    private static readonly GameMessage s_message = new("map", "say", "said", ["가", "안녕"], "가");

    private readonly ScriptedTransport _transport = new();
    private readonly ManualTime _time = new();
    private readonly Dictionary<int, ulong> _admitted = new() { [0] = 0xC0, [3] = 0xC3 };
    private readonly EventOutboxes _events;

    public EventOutboxesTests() => _events = new EventOutboxes(
        _transport,
        WireCodecs.For(WireFormat.MessagePack),
        Own,
        instance => _admitted.GetValueOrDefault(instance),
        _time,
        NullLogger<EventOutboxes>.Instance);

    [Fact]
    public void TryPush_ToSeveralChats_IsOneFrameForEach()
    {
        Assert.True(_events.TryPush(s_message, [Of(0, 1), Of(3, 2), Of(0, 5), Of(3, 4)]));
        Assert.Equal(2, _transport.Sent.Count);
        GameEvent first = Assert.Single(SentEvents.Read(_transport.Sent, 0));
        GameEvent second = Assert.Single(SentEvents.Read(_transport.Sent, 3));
        Assert.Equal([1, 5], first.UserIds);
        Assert.Equal([2, 4], second.UserIds);
        Assert.Equal((1UL, 0xC0UL), (first.Number, first.ChatGeneration));
        Assert.Equal((1UL, 0xC3UL), (second.Number, second.ChatGeneration));
        Assert.Equal(("map", "say", "said", "가", EventAudience.Sessions), (first.Room, first.Command, first.Code, first.Sender, first.Audience));
        Assert.Equal(["가", "안녕"], first.Arguments);
    }

    [Fact]
    public void TryPush_Again_KnowsNothingOfTheRecipientsBefore()
    {
        Assert.True(_events.TryPush(s_message, [Of(0, 1), Of(3, 2)]));
        Assert.True(_events.TryPush(s_message, [Of(3, 7)]));
        Assert.Equal([7], SentEvents.Read(_transport.Sent, 3)[1].UserIds);
        Assert.Single(SentEvents.Read(_transport.Sent, 0));
    }

    [Fact]
    public void TryPush_ToAChatThatIsNotAdmitted_IsForgotten()
    {
        Assert.True(_events.TryPush(s_message, [Of(1, 1), new SessionId(0, 0xAA, 2)]));
        Assert.Empty(_transport.Sent);
    }

    [Fact]
    public void TryPush_OneChatIsFull_IsRefusedThereAndTakenElsewhere()
    {
        _transport.Full.Add(new Mailbox(MailboxKind.Event, 0));
        int taken = 0;
        while (_events.TryPush(s_message, [Of(0, 1), Of(3, 2)]))
        {
            taken++;
        }

        Assert.Equal(EventOutbox.MaxPendingFrames, taken);
        Assert.Equal(taken + 1, SentEvents.Read(_transport.Sent, 3).Count);
        Assert.Equal(taken, _events.PendingCount);
    }

    [Fact]
    public void TryPushToAll_GoesToEveryAdmittedChat()
    {
        Assert.True(_events.TryPushToAll(s_message));
        Assert.Equal([new Mailbox(MailboxKind.Event, 0), new Mailbox(MailboxKind.Event, 3)], _transport.Sent.Select(one => one.To));
        Assert.All(_transport.Sent, one => Assert.Equal(EventAudience.Everybody, SentEvents.Read(one.Frame).Audience));
    }

    [Fact]
    public void TryPush_ChatReplaced_BeginsANewStream()
    {
        Assert.True(_events.TryPush(s_message, [Of(0, 1)]));
        _admitted[0] = 0xC9;
        _events.OnSessionsEnded(0, exceptGeneration: 0xC9);
        Assert.True(_events.TryPush(s_message, [new SessionId(0, 0xC9, 1)]));
        Assert.Equal([(1UL, 0xC0UL), (1UL, 0xC9UL)], SentEvents.Read(_transport.Sent).Select(one => (one.Number, one.ChatGeneration)));
    }

    [Fact]
    public void TryPush_ChatGivenUpAndAdmittedAgain_GoesOnBehindTheGap()
    {
        _transport.Full.Add(new Mailbox(MailboxKind.Event, 0));
        Assert.True(_events.TryPush(s_message, [Of(0, 1)]));
        _events.OnSessionsEnded(0, exceptGeneration: 0);
        _transport.Full.Clear();
        Assert.True(_events.TryPush(s_message, [Of(0, 1)]));
        Assert.Equal([2UL], SentEvents.Read(_transport.Sent).Select(one => one.Number));
    }

    [Theory]
    [InlineData(DeliveryStatus.Taken)]
    [InlineData(DeliveryStatus.Gone)]
    [InlineData(DeliveryStatus.Blocked)]
    public async Task DeliverAsync_Reported_GivesTheStatus(DeliveryStatus status)
    {
        ValueTask<DeliveryStatus?> delivery = _events.DeliverAsync(s_message, Of(0, 7), CancellationToken.None);
        GameEvent sent = Assert.Single(SentEvents.Read(_transport.Sent));
        Assert.NotEqual(0UL, sent.DeliveryId);
        Assert.Equal([7], sent.UserIds);
        _events.OnReport(0xC0, new DeliveryReport(0, Own, sent.DeliveryId, status));
        Assert.Equal(status, await delivery);
    }

    [Fact]
    public async Task DeliverAsync_ReportsOfOthers_AreNotTakenForIt()
    {
        ValueTask<DeliveryStatus?> delivery = _events.DeliverAsync(s_message, Of(0, 7), CancellationToken.None);
        ulong id = Assert.Single(SentEvents.Read(_transport.Sent)).DeliveryId;
        _events.OnReport(0xC3, new DeliveryReport(0, Own, id, DeliveryStatus.Taken));
        _events.OnReport(0xC0, new DeliveryReport(3, Own, id, DeliveryStatus.Taken));
        _events.OnReport(0xC0, new DeliveryReport(0, Own + 1, id, DeliveryStatus.Taken));
        _events.OnReport(0xC0, new DeliveryReport(0, Own, id + 1, DeliveryStatus.Taken));
        _events.OnReport(0xC0, new DeliveryReport(0, Own, id, (DeliveryStatus)9));
        Assert.False(delivery.IsCompleted);
        _events.OnReport(0xC0, new DeliveryReport(0, Own, id, DeliveryStatus.Blocked));
        Assert.Equal(DeliveryStatus.Blocked, await delivery);
    }

    [Fact]
    public async Task DeliverAsync_NoReport_EndsAtTheDeadline()
    {
        ValueTask<DeliveryStatus?> delivery = _events.DeliverAsync(s_message, Of(0, 7), CancellationToken.None);
        _time.Advance(PendingDeliveries.Limit - TimeSpan.FromMilliseconds(1));
        Assert.False(delivery.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(await delivery);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(0xC9UL)]
    public async Task DeliverAsync_ChatIsLost_EndsAtOnce(ulong successor)
    {
        ValueTask<DeliveryStatus?> delivery = _events.DeliverAsync(s_message, Of(0, 7), CancellationToken.None);
        _events.OnSessionsEnded(3, exceptGeneration: 0);
        _events.OnSessionsEnded(0, exceptGeneration: 0xC0);
        Assert.False(delivery.IsCompleted);
        _events.OnSessionsEnded(0, successor);
        Assert.Null(await delivery);
    }

    [Fact]
    public async Task DeliverAsync_AskerGivesUp_Ends()
    {
        using var gone = new CancellationTokenSource();
        ValueTask<DeliveryStatus?> delivery = _events.DeliverAsync(s_message, Of(0, 7), gone.Token);
        await gone.CancelAsync();
        Assert.Null(await delivery);
    }

    [Fact]
    public async Task DeliverAsync_ToAChatThatIsNotThere_IsGone()
    {
        Assert.Equal(DeliveryStatus.Gone, await _events.DeliverAsync(s_message, Of(1, 7), CancellationToken.None));
        Assert.Empty(_transport.Sent);
    }

    [Fact]
    public async Task DeliverAsync_TooManyAreDue_IsNotBegun()
    {
        ValueTask<DeliveryStatus?>[] due =
            [.. Enumerable.Range(0, PendingDeliveries.MaxPending).Select(user => _events.DeliverAsync(s_message, Of(0, user), CancellationToken.None))];
        Assert.Null(await _events.DeliverAsync(s_message, Of(0, 1), CancellationToken.None));
        Assert.Equal(PendingDeliveries.MaxPending, _transport.Sent.Count);
        _events.OnSessionsEnded(0, exceptGeneration: 0);
        foreach (ValueTask<DeliveryStatus?> one in due)
        {
            Assert.Null(await one);
        }

        ValueTask<DeliveryStatus?> next = _events.DeliverAsync(s_message, Of(0, 1), CancellationToken.None);
        Assert.Equal(PendingDeliveries.MaxPending + 1, _transport.Sent.Count);
        _events.Dispose();
        Assert.Null(await next);
    }

    [Fact]
    public void TryUpdate_AndTryEnd_OfASessionThatIsThere_AreSent()
    {
        Assert.True(_events.TryUpdate(Of(0, 7), ["나"]));
        Assert.True(_events.TryEnd(Of(0, 7), "name_taken"));
        Assert.True(_events.TryEnd(Of(1, 7), "name_taken"));
        Assert.Equal(2, _transport.Sent.Count);
    }

    [Fact]
    public void TryPush_ToAFullMap_AllocatesNothingForEachRecipient()
    {
        SessionId[] recipients = [.. Enumerable.Range(1, 1000).Select(user => Of(user % 2 == 0 ? 0 : 3, user))];
        Assert.True(_events.TryPush(s_message, recipients));
        using var quiet = new EventOutboxes(
            new SilentTransport(), WireCodecs.For(WireFormat.MessagePack), Own, _ => 0xC0, _time, NullLogger<EventOutboxes>.Instance);
        SessionId[] some = [.. Enumerable.Range(1, 1000).Select(user => Of(0, user))];
        for (int i = 0; i < 100; i++)
        {
            Assert.True(quiet.TryPush(s_message, some));
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            _ = quiet.TryPush(s_message, some);
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 0, 512);
    }

    public void Dispose() => _events.Dispose();

    private SessionId Of(int chat, int user) => new(chat, _admitted.GetValueOrDefault(chat, 0xAAUL), user);

    private sealed class SilentTransport : ITransport
    {
        public TransportLimits Limits { get; } = new(8192, 16384, 16384, IsShared: false);

        public SendStatus TrySend(Mailbox to, ReadOnlySpan<byte> frame) => SendStatus.Sent;

        public void StartReading(Mailbox mailbox, IFrameReceiver receiver)
        {
        }

        public void ReplaceReader(Mailbox mailbox)
        {
        }

        public long GetIncarnation(DaemonClaim daemon) => 1;

        public int Discard(DaemonClaim reader, long incarnation) => 0;

        public MailboxDepth GetDepth(Mailbox mailbox) => default;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
