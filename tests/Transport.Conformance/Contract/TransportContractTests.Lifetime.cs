using Shared.Protocol.Transport;
using Testing.Support.Waiting;
using Transport.Conformance.Support;

namespace Transport.Conformance.Contract;

/// <summary>This part: threads, limits and stopping.</summary>
public abstract partial class TransportContractTests
{
    [Fact]
    public async Task StartReading_SameMailboxTwice_IsMisuse()
    {
        await using ITransport channel = Harness.Open(ChannelD);
        channel.StartReading(Requests, new RecordingReceiver());

        Assert.Throws<InvalidOperationException>(() => channel.StartReading(Requests, new RecordingReceiver()));
    }

    [Fact]
    public async Task TrySend_MailboxThatCannotBe_IsMisuse()
    {
        await using ITransport chat = Harness.Open(ChatD);
        Mailbox[] wrong = [default, new(MailboxKind.Request, -1), new(MailboxKind.Request, Mailbox.MaxInstance + 1), new((MailboxKind)5, 0)];

        Assert.All(wrong, mailbox => Assert.Throws<ArgumentOutOfRangeException>(() => chat.TrySend(mailbox, [])));
        Assert.All(wrong, mailbox => Assert.Throws<ArgumentOutOfRangeException>(() => chat.StartReading(mailbox, new RecordingReceiver())));
    }

    [Fact]
    public async Task OnFrame_ReceiverThrows_NextFramesAreDelivered()
    {
        await using ITransport chat = Harness.Open(ChatD);
        await using ITransport channel = Harness.Open(ChannelD);
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
        await using ITransport chat = Harness.Open(ChatD);
        await using ITransport channel = Harness.Open(ChannelD);
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
        ITransport channel = Harness.Open(ChannelD);
        await using ITransport chat = Harness.Open(ChatD);
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
    public async Task DisposeAsync_Twice_IsTheSame()
    {
        ITransport channel = Harness.Open(ChannelD);
        channel.StartReading(Requests, new RecordingReceiver());

        await channel.DisposeAsync();
        await channel.DisposeAsync();

        Assert.True(Harness.IsClean);
    }

    [Fact]
    public async Task Members_AfterDisposal_Throw()
    {
        ITransport channel = Harness.Open(ChannelD);
        await channel.DisposeAsync();

        Assert.Throws<ObjectDisposedException>(() => channel.TrySend(Requests, [1]));
        Assert.Throws<ObjectDisposedException>(() => channel.StartReading(Requests, new RecordingReceiver()));
        Assert.Throws<ObjectDisposedException>(() => channel.GetDepth(Requests));
    }

    [Fact]
    public async Task Open_ManyAtOnceAndAway_AllSucceedAndNothingIsLeft()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(instance => Task.Run(async () =>
        {
            for (int round = 0; round < 20; round++)
            {
                await using ITransport transport = Harness.Open(new DaemonClaim(DaemonRole.ChatD, instance));
                var receiver = new RecordingReceiver();
                var own = new Mailbox(MailboxKind.Result, instance);
                transport.StartReading(own, receiver);
                await SendAsync(transport, own, Numbered(round));
                await Eventually.TrueAsync(() => receiver.Count == 1, "the frame arrived");
                Assert.Equal(round, NumberOf(receiver.Frames[0]));
            }
        })));

        Assert.True(Harness.IsClean);
    }

    [Fact]
    public async Task Limits_OfTwoTransports_AreTheSame()
    {
        await using ITransport chat = Harness.Open(ChatD);
        await using ITransport channel = Harness.Open(ChannelD);

        Assert.Equal(chat.Limits, channel.Limits);
        Assert.InRange(chat.Limits.MaxFrameBytes, 1, chat.Limits.RequestCapacityBytes);
        Assert.InRange(chat.Limits.MaxFrameBytes, 1, chat.Limits.ResultCapacityBytes);
    }
}
