using Shared.Protocol.Transport;
using Testing.Support.Waiting;
using Transport.Conformance.Support;

namespace Transport.Conformance.Contract;

/// <summary>
/// What a mechanism promises besides that holds frames for a reader who is not there, and knows which daemons there are: the queues. This part:
/// claims, and what outlives a reader.
/// </summary>
public abstract partial class HeldFramesContractTests(TransportHarness harness) : TransportContractTests(harness)
{
    [Fact]
    public async Task DisposeAsync_FramesWaiting_EndsAndLeavesThemForTheNext()
    {
        await using ITransport chat = Harness.Open(ChatD);
        using var first = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var receiver = new RecordingReceiver(_ =>
        {
            first.Set();
            release.Wait(Eventually.DefaultDeadline);
        });
        ITransport channel = Harness.Open(ChannelD);
        channel.StartReading(Requests, receiver);
        int sent = Fill(chat, Requests, Numbered(7, 100));
        await Eventually.TrueAsync(() => first.IsSet, "the receiver is busy");
        sent += Fill(chat, Requests, Numbered(7, 100));

        ValueTask stopping = channel.DisposeAsync();
        release.Set();
        await stopping;

        var next = new RecordingReceiver();
        await using ITransport successor = Harness.Open(ChannelD);
        successor.StartReading(Requests, next);
        await Eventually.TrueAsync(() => receiver.Count + next.Count == sent, "every frame reached one of both");
        Assert.All(next.Frames, frame => Assert.Equal(Numbered(7, 100), frame));
        Assert.Equal(default, chat.GetDepth(Requests));
    }

    [Fact]
    public async Task DisposeAsync_MailboxesOfOthersFull_StopsTheSleepingReader()
    {
        await using ITransport chat = Harness.Open(ChatD);
        ITransport channel = Harness.Open(ChannelD);
        var receiver = new RecordingReceiver();
        channel.StartReading(Requests, receiver);
        await SendAsync(chat, Requests, [1]);
        await Eventually.TrueAsync(() => receiver.Count == 1, "the reader reads");
        var unread = new Mailbox(MailboxKind.Request, 9);
        int filled = Fill(chat, unread, new byte[100]);

        await channel.DisposeAsync();

        await Eventually.TrueAsync(() => !receiver.ReadingThread!.IsAlive, "the thread has ended");
        Assert.Equal(new MailboxDepth(filled, filled * Harness.DepthBytes(100)), chat.GetDepth(unread));
    }

    [Fact]
    public async Task DisposeAsync_WhileSendersSend_NothingIsDeliveredTwice()
    {
        await using ITransport chat = Harness.Open(ChatD);
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
            await using ITransport channel = Harness.Open(ChannelD);
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
    public async Task Open_SameDaemonTwice_IsRefusedUntilTheFirstLeft()
    {
        ITransport first = Harness.Open(ChannelD);
        await using (ITransport other = Harness.Open(new DaemonClaim(DaemonRole.ChannelD, 1)))
        {
            var refused = Assert.Throws<ResourceRefusedException>(() => Harness.Open(ChannelD));
            Assert.Contains("channelD of instance 0", refused.Message, StringComparison.Ordinal);
            await first.DisposeAsync();
            await using ITransport second = Harness.Open(ChannelD);
        }

        Assert.True(Harness.IsClean);
    }

    [Fact]
    public async Task DisposeAsync_LastOfMany_RemovesWhatTheyMade()
    {
        var transports = new List<ITransport>();
        for (int instance = 0; instance < 20; instance++)
        {
            transports.Add(Harness.Open(new DaemonClaim(DaemonRole.ChannelD, instance)));
            transports.Add(Harness.Open(new DaemonClaim(DaemonRole.ChatD, instance)));
        }

        foreach (ITransport transport in transports)
        {
            Assert.False(Harness.IsClean);
            Assert.Equal(SendStatus.Sent, transport.TrySend(Requests, [1]));
            await transport.DisposeAsync();
        }

        Assert.True(Harness.IsClean);
        await using ITransport later = Harness.Open(ChatD);
        Assert.Equal(default, later.GetDepth(Requests));
    }
}
