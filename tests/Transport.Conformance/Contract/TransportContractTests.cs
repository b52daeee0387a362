using System.Buffers.Binary;
using Shared.Protocol.Transport;
using Testing.Support.Waiting;
using Transport.Conformance.Support;

namespace Transport.Conformance.Contract;

/// <summary>
/// The contract of <see cref="ITransport"/>, once; each mechanism inherits it. This part: what is sent is received.
/// </summary>
public abstract partial class TransportContractTests : IDisposable
{
    protected static readonly DaemonClaim ChatD = new(DaemonRole.ChatD, 0);
    protected static readonly DaemonClaim ChannelD = new(DaemonRole.ChannelD, 0);
    protected static readonly Mailbox Requests = new(MailboxKind.Request, 0);
    protected static readonly Mailbox Results = new(MailboxKind.Result, 0);

    protected TransportContractTests(TransportHarness harness) => Harness = harness;

    /// <summary>Where the transports of the test live.</summary>
    protected TransportHarness Harness { get; }

    public void Dispose()
    {
        Harness.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task TrySend_ManyFramesOfOneSender_ArriveInOrder()
    {
        await using ITransport chat = Harness.Open(ChatD);
        await using ITransport channel = Harness.Open(ChannelD);
        var receiver = new RecordingReceiver();
        channel.StartReading(Requests, receiver);

        const int Count = 5000;
        for (int number = 0; number < Count; number++)
        {
            await SendAsync(chat, Requests, Numbered(number));
        }

        await Eventually.TrueAsync(() => receiver.Count == Count, "all frames arrived");
        Assert.Equal(Enumerable.Range(0, Count), receiver.Frames.Select(NumberOf));
        Assert.False(receiver.OverlapSeen);
    }

    [Fact]
    public async Task TrySend_FramesOfEverySize_ArriveUnaltered()
    {
        await using ITransport chat = Harness.Open(ChatD);
        await using ITransport channel = Harness.Open(ChannelD);
        var receiver = new RecordingReceiver();
        channel.StartReading(Requests, receiver);

        int max = chat.Limits.MaxFrameBytes;
        int[] sizes = [0, 1, 7, 8, 9, 255, 256, max - 1, max, 0, 3, max];
        byte[][] frames = [.. sizes.Select((size, seed) => Patterned(size, seed))];
        foreach (byte[] frame in frames)
        {
            await SendAsync(chat, Requests, frame);
        }

        await Eventually.TrueAsync(() => receiver.Count == frames.Length, "all frames arrived");
        Assert.Equal(frames, receiver.Frames);
    }

    [Fact]
    public async Task TrySend_FrameAboveTheLimit_IsTooLargeAndNotSent()
    {
        await using ITransport chat = Harness.Open(ChatD);

        Assert.Equal(SendStatus.TooLarge, chat.TrySend(Requests, new byte[chat.Limits.MaxFrameBytes + 1]));
        Assert.Equal(default, chat.GetDepth(Requests));
    }

    [Fact]
    public async Task TrySend_ManySendersAtOnce_NothingLostOrMixedAndEachInOrder()
    {
        const int Senders = 8;
        const int EachSends = 1000;
        await using ITransport chat = Harness.Open(ChatD);
        await using ITransport channel = Harness.Open(ChannelD);
        var receiver = new RecordingReceiver();
        channel.StartReading(Requests, receiver);

        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(async () =>
        {
            for (int number = 0; number < EachSends; number++)
            {
                await SendAsync(chat, Requests, Numbered((sender * EachSends) + number, lengthBytes: 8 + (number % 200)));
            }
        })));

        await Eventually.TrueAsync(() => receiver.Count == Senders * EachSends, "all frames arrived");
        foreach (byte[] frame in receiver.Frames)
        {
            int number = NumberOf(frame);
            Assert.Equal(Numbered(number, 8 + (number % EachSends % 200)), frame);
        }

        foreach (IGrouping<int, int> sender in receiver.Frames.Select(NumberOf).GroupBy(number => number / EachSends))
        {
            Assert.Equal(Enumerable.Range(sender.Key * EachSends, EachSends), sender);
        }
    }

    [Fact]
    public async Task TrySend_ToSeveralMailboxes_EachReaderGetsItsOwn()
    {
        await using ITransport chat = Harness.Open(ChatD);
        await using ITransport channel = Harness.Open(ChannelD);
        Mailbox[] mailboxes =
        [
            .. from instance in (int[])[0, 1, 7, Mailbox.MaxInstance]
               from kind in Enum.GetValues<MailboxKind>()
               select new Mailbox(kind, instance),
        ];
        Dictionary<Mailbox, RecordingReceiver> receivers = mailboxes.ToDictionary(mailbox => mailbox, _ => new RecordingReceiver());
        foreach ((Mailbox mailbox, RecordingReceiver receiver) in receivers)
        {
            (mailbox.IsReadByChannel ? channel : chat).StartReading(mailbox, receiver);
        }

        const int Rounds = 50;
        for (int round = 0; round < Rounds; round++)
        {
            foreach (Mailbox mailbox in mailboxes)
            {
                await SendAsync(mailbox.IsReadByChannel ? chat : channel, mailbox, Numbered((int)mailbox.MType));
            }
        }

        await Eventually.TrueAsync(() => receivers.Values.All(receiver => receiver.Count == Rounds), "all frames arrived");
        foreach ((Mailbox mailbox, RecordingReceiver receiver) in receivers)
        {
            Assert.All(receiver.Frames, frame => Assert.Equal((int)mailbox.MType, NumberOf(frame)));
        }
    }

    [Fact]
    public async Task TrySend_FromTheReceiver_Answers()
    {
        await using ITransport chat = Harness.Open(ChatD);
        await using ITransport channel = Harness.Open(ChannelD);
        var answers = new RecordingReceiver();
        chat.StartReading(Results, answers);
        channel.StartReading(Requests, new RecordingReceiver(
            frame => Assert.True(SpinWait.SpinUntil(() => channel.TrySend(Results, frame) == SendStatus.Sent, Eventually.DefaultDeadline))));

        for (int number = 0; number < 200; number++)
        {
            await SendAsync(chat, Requests, Numbered(number));
            int expected = number + 1;
            await Eventually.TrueAsync(() => answers.Count == expected, $"answer {number} arrived");
        }

        Assert.Equal(Enumerable.Range(0, 200), answers.Frames.Select(NumberOf));
    }

    /// <summary>Sends, waiting while the mailbox is full.</summary>
    protected static async Task SendAsync(ITransport transport, Mailbox to, byte[] frame)
    {
        SendStatus status = SendStatus.Full;
        await Eventually.TrueAsync(() => (status = transport.TrySend(to, frame)) != SendStatus.Full, $"{to} has room");
        Assert.Equal(SendStatus.Sent, status);
    }

    /// <summary>Sends until the mailbox is full, and says how many frames it took.</summary>
    protected static int Fill(ITransport transport, Mailbox to, byte[] frame)
    {
        int count = 0;
        SendStatus status;
        while ((status = transport.TrySend(to, frame)) == SendStatus.Sent)
        {
            count++;
        }

        Assert.Equal(SendStatus.Full, status);
        return count;
    }

    protected static byte[] Numbered(int number, int lengthBytes = 8)
    {
        byte[] frame = Patterned(lengthBytes, number);
        BinaryPrimitives.WriteInt32LittleEndian(frame, number);
        return frame;
    }

    protected static int NumberOf(byte[] frame) => BinaryPrimitives.ReadInt32LittleEndian(frame);

    protected static byte[] Patterned(int lengthBytes, int seed)
    {
        byte[] frame = new byte[lengthBytes];
        new Random(seed).NextBytes(frame);
        return frame;
    }

    protected ITransport Open(DaemonClaim claim) => Harness.Open(claim);
}
