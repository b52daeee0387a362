using Shared.Protocol.Transport;
using Testing.Support.Waiting;
using Transport.Conformance.Support;

namespace Transport.Conformance.Contract;

/// <summary>This part: threads, claims, stopping, and what outlives a reader.</summary>
public abstract partial class TransportContractTests
{
    [Fact]
    public async Task StartReading_SameMailboxTwice_IsMisuse()
    {
        await using ITransport channel = _harness.Open(ChannelD);
        channel.StartReading(Requests, new RecordingReceiver());

        Assert.Throws<InvalidOperationException>(() => channel.StartReading(Requests, new RecordingReceiver()));
    }

    [Fact]
    public async Task TrySend_MailboxThatCannotBe_IsMisuse()
    {
        await using ITransport chat = _harness.Open(ChatD);
        Mailbox[] wrong = [default, new(MailboxKind.Request, -1), new(MailboxKind.Request, Mailbox.MaxInstance + 1), new((MailboxKind)5, 0)];

        Assert.All(wrong, mailbox => Assert.Throws<ArgumentOutOfRangeException>(() => chat.TrySend(mailbox, [])));
        Assert.All(wrong, mailbox => Assert.Throws<ArgumentOutOfRangeException>(() => chat.StartReading(mailbox, new RecordingReceiver())));
    }

    [Fact]
    public async Task OnFrame_ReceiverThrows_NextFramesAreDelivered()
    {
        await using ITransport chat = _harness.Open(ChatD);
        await using ITransport channel = _harness.Open(ChannelD);
        var receiver = new RecordingReceiver(_ => throw new InvalidOperationException("A receiver of a test fails on purpose."));
        channel.StartReading(Requests, receiver);

        for (int number = 0; number < 20; number++)
        {
            await SendAsync(chat, Requests, Numbered(number));
        }

        await Eventually.TrueAsync(() => receiver.Count == 20, "all frames were delivered");
    }

    [Fact]
    public async Task StartReading_ItsThread_IsABackgroundThreadWithAName()
    {
        await using ITransport chat = _harness.Open(ChatD);
        await using ITransport channel = _harness.Open(ChannelD);
        var receiver = new RecordingReceiver();
        channel.StartReading(Requests, receiver);
        await SendAsync(chat, Requests, [1]);
        await Eventually.TrueAsync(() => receiver.ReadingThread is not null, "a frame arrived");

        Assert.True(receiver.ReadingThread!.IsBackground);
        Assert.EndsWith("-read request#0", receiver.ReadingThread.Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DisposeAsync_ReaderAsleep_StopsItsThread()
    {
        ITransport channel = _harness.Open(ChannelD);
        await using ITransport chat = _harness.Open(ChatD);
        var receiver = new RecordingReceiver();
        channel.StartReading(Requests, receiver);
        channel.StartReading(new Mailbox(MailboxKind.Control, 0), new RecordingReceiver());
        await SendAsync(chat, Requests, [1]);
        await Eventually.TrueAsync(() => receiver.Count == 1, "the reader reads");

        await channel.DisposeAsync();

        await Eventually.TrueAsync(() => !receiver.ReadingThread!.IsAlive, "the thread has ended");
        Assert.Equal(default, chat.GetDepth(Requests));
        Assert.Equal([1], Assert.Single(receiver.Frames));
    }

    [Fact]
    public async Task DisposeAsync_FramesWaiting_EndsAndLeavesThemForTheNext()
    {
        await using ITransport chat = _harness.Open(ChatD);
        using var first = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var receiver = new RecordingReceiver(_ =>
        {
            first.Set();
            release.Wait(Eventually.DefaultDeadline);
        });
        ITransport channel = _harness.Open(ChannelD);
        channel.StartReading(Requests, receiver);
        int sent = Fill(chat, Requests, Numbered(7, 100));
        await Eventually.TrueAsync(() => first.IsSet, "the receiver is busy");
        sent += Fill(chat, Requests, Numbered(7, 100));

        ValueTask stopping = channel.DisposeAsync();
        release.Set();
        await stopping;

        var next = new RecordingReceiver();
        await using ITransport successor = _harness.Open(ChannelD);
        successor.StartReading(Requests, next);
        await Eventually.TrueAsync(() => receiver.Count + next.Count == sent, "every frame reached one of both");
        Assert.All(next.Frames, frame => Assert.Equal(Numbered(7, 100), frame));
        Assert.Equal(default, chat.GetDepth(Requests));
    }

    [Fact]
    public async Task DisposeAsync_MailboxesOfOthersFull_StopsTheSleepingReader()
    {
        await using ITransport chat = _harness.Open(ChatD);
        ITransport channel = _harness.Open(ChannelD);
        var receiver = new RecordingReceiver();
        channel.StartReading(Requests, receiver);
        await SendAsync(chat, Requests, [1]);
        await Eventually.TrueAsync(() => receiver.Count == 1, "the reader reads");
        var unread = new Mailbox(MailboxKind.Request, 9);
        int filled = Fill(chat, unread, new byte[100]);

        await channel.DisposeAsync();

        await Eventually.TrueAsync(() => !receiver.ReadingThread!.IsAlive, "the thread has ended");
        Assert.Equal(new MailboxDepth(filled, filled * 100L), chat.GetDepth(unread));
    }

    [Fact]
    public async Task DisposeAsync_WhileSendersSend_NothingIsDeliveredTwice()
    {
        await using ITransport chat = _harness.Open(ChatD);
        var received = new List<RecordingReceiver>();
        using var stop = new CancellationTokenSource();
        int sent = 0;
        Task sending = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                if (chat.TrySend(Requests, Numbered(sent)) == SendStatus.Sent)
                {
                    sent++;
                }
            }
        });
        for (int round = 0; round < 10; round++)
        {
            var receiver = new RecordingReceiver();
            received.Add(receiver);
            await using ITransport channel = _harness.Open(ChannelD);
            channel.StartReading(Requests, receiver);
            await Eventually.TrueAsync(() => receiver.Count > 100, "frames arrive");
            if (round == 9)
            {
                await stop.CancelAsync();
                await sending;
                await Eventually.TrueAsync(() => chat.GetDepth(Requests).Frames == 0, "the rest arrived");
            }
        }

        Assert.Equal(Enumerable.Range(0, sent), received.SelectMany(receiver => receiver.Frames).Select(NumberOf));
    }

    [Fact]
    public async Task DisposeAsync_Twice_IsTheSame()
    {
        ITransport channel = _harness.Open(ChannelD);
        channel.StartReading(Requests, new RecordingReceiver());

        await channel.DisposeAsync();
        await channel.DisposeAsync();

        Assert.True(_harness.IsClean);
    }

    [Fact]
    public async Task Members_AfterDisposal_Throw()
    {
        ITransport channel = _harness.Open(ChannelD);
        await channel.DisposeAsync();

        Assert.Throws<ObjectDisposedException>(() => channel.TrySend(Requests, [1]));
        Assert.Throws<ObjectDisposedException>(() => channel.StartReading(Requests, new RecordingReceiver()));
        Assert.Throws<ObjectDisposedException>(() => channel.GetDepth(Requests));
    }

    [Fact]
    public async Task Open_SameDaemonTwice_IsRefusedUntilTheFirstLeft()
    {
        ITransport first = _harness.Open(ChannelD);
        await using (ITransport other = _harness.Open(new DaemonClaim(DaemonRole.ChannelD, 1)))
        {
            var refused = Assert.Throws<ResourceRefusedException>(() => _harness.Open(ChannelD));
            Assert.Contains("channelD of instance 0", refused.Message, StringComparison.Ordinal);
            await first.DisposeAsync();
            await using ITransport second = _harness.Open(ChannelD);
        }

        Assert.True(_harness.IsClean);
    }

    [Fact]
    public async Task DisposeAsync_LastOfMany_RemovesWhatTheyMade()
    {
        var transports = new List<ITransport>();
        for (int instance = 0; instance < 20; instance++)
        {
            transports.Add(_harness.Open(new DaemonClaim(DaemonRole.ChannelD, instance)));
            transports.Add(_harness.Open(new DaemonClaim(DaemonRole.ChatD, instance)));
        }

        foreach (ITransport transport in transports)
        {
            Assert.False(_harness.IsClean);
            Assert.Equal(SendStatus.Sent, transport.TrySend(Requests, [1]));
            await transport.DisposeAsync();
        }

        Assert.True(_harness.IsClean);
        await using ITransport later = _harness.Open(ChatD);
        Assert.Equal(default, later.GetDepth(Requests));
    }

    [Fact]
    public async Task Open_ManyAtOnceAndAway_AllSucceedAndNothingIsLeft()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(instance => Task.Run(async () =>
        {
            for (int round = 0; round < 20; round++)
            {
                await using ITransport transport = _harness.Open(new DaemonClaim(DaemonRole.ChatD, instance));
                var receiver = new RecordingReceiver();
                var own = new Mailbox(MailboxKind.Result, instance);
                transport.StartReading(own, receiver);
                await SendAsync(transport, own, Numbered(round));
                await Eventually.TrueAsync(() => receiver.Count == 1, "the frame arrived");
                Assert.Equal(round, NumberOf(receiver.Frames[0]));
            }
        })));

        Assert.True(_harness.IsClean);
    }
}
