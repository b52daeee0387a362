using Shared.Protocol.Transport;
using Shared.Protocol.Transport.Ring;
using Testing.Support.Waiting;
using Transport.Conformance.Support;

namespace Transport.Conformance.Ring;

/// <summary>What a producer or a consumer leaves behind that dies, or stands still, in the middle of a frame.</summary>
public sealed class RingTakeOverTests : RingTestBase
{
    [Fact]
    public async Task OnFrame_ProducerKilledBetweenClaimAndCommit_IsSkippedAndOrderKept()
    {
        await using RingTransport channel = Open(ChannelD);
        await using RingTransport chat = Open(ChatD);
        var receiver = new RecordingReceiver();
        channel.StartReading(Requests, receiver);
        await using RingProducerProcess producer = await RingProducerProcess.StartAsync(Harness, "claim", 1, nameof(SendStatus.Sent));
        for (int number = 0; number < 5; number++)
        {
            await SendAsync(chat, Requests, RingProducer.Frame(2, number));
        }

        await ArrivedAsync(receiver, 1);
        Assert.Equal(RingProducer.Frame(1, 0), Assert.Single(receiver.Frames));
        await producer.KillAsync();
        await ArrivedAsync(receiver, 6);

        Assert.Equal(Enumerable.Range(0, 5).Select(number => RingProducer.Frame(2, number)), receiver.Frames.Skip(1));
        Assert.Single(Logger.Of(1504));
        Assert.Equal(0, receiver.Resets);
        await Eventually.TrueAsync(() => chat.GetDepth(Requests) == default, "nothing waits");
    }

    [Fact]
    public async Task TrySend_ProducerKilledBeforeItMovedTheTail_OthersMoveIt()
    {
        await using RingTransport channel = Open(ChannelD);
        await using RingTransport chat = Open(ChatD);
        ulong before = Read(Requests, RingDescriptor.TailOffset);
        await using (RingProducerProcess producer = await RingProducerProcess.StartAsync(Harness, "claim", 1, nameof(SendStatus.Sent)))
        {
            await producer.KillAsync();
        }

        // One frame was sent, which is 1 + 13 words, and one claimed; as if it had died one instruction earlier.
        ulong afterFirst = new RingPosition(before).Behind(14).Value;
        Assert.Equal(new RingPosition(afterFirst).Behind(14).Value, Read(Requests, RingDescriptor.TailOffset));
        Write(Requests, RingDescriptor.TailOffset, BitConverter.GetBytes(afterFirst));
        await SendAsync(chat, Requests, RingProducer.Frame(2, 0));
        Write(Requests, RingDescriptor.TailOffset, BitConverter.GetBytes(afterFirst));

        var receiver = new RecordingReceiver();
        channel.StartReading(Requests, receiver);
        await ArrivedAsync(receiver, 2);
        await SendAsync(chat, Requests, RingProducer.Frame(2, 1));
        await ArrivedAsync(receiver, 3);
        Assert.Equal([RingProducer.Frame(1, 0), RingProducer.Frame(2, 0), RingProducer.Frame(2, 1)], receiver.Frames);
        Assert.Equal(0, receiver.Resets);
    }

    [Fact]
    public async Task OnFrame_ProducerStandsStillBetweenClaimAndCommit_MailboxGoesOverAndTheLateCommitFails()
    {
        await using RingTransport channel = Open(ChannelD);
        await using RingTransport chat = Open(ChatD);
        var receiver = new RecordingReceiver();
        channel.StartReading(Requests, receiver);
        await using RingProducerProcess producer = await RingProducerProcess.StartAsync(Harness, "claim", 1, nameof(SendStatus.Sent));
        await producer.PauseAsync();
        int sent = 0;
        while (receiver.Count < 200)
        {
            await SendAsync(chat, Requests, RingProducer.Frame(2, sent++));
            await Task.Delay(1);
        }

        Assert.Single(Logger.Of(1505));
        await producer.ResumeAsync();
        Assert.Equal("gone", await producer.CommitAsync());
        await ArrivedAsync(receiver, sent + 1);
        Assert.Equal(Enumerable.Range(0, sent).Select(number => RingProducer.Frame(2, number)), receiver.Frames.Skip(1));
        Assert.Equal(0, receiver.Resets);
    }

    [Fact]
    public async Task OnFrame_ConsumerDiedBetweenTakingAndFreeing_ItsSpaceIsFreedAndNothingDoubled()
    {
        await using RingTransport channel = Open(ChannelD);
        await using RingTransport chat = Open(ChatD);
        await SendAsync(chat, Requests, RingProducer.Frame(1, 0));
        await SendAsync(chat, Requests, RingProducer.Frame(1, 1));
        ulong read = Read(Requests, RingDescriptor.ReadOffset);
        Write(Requests, RingDescriptor.ReadOffset, BitConverter.GetBytes(new RingPosition(read).Behind(14).Value));
        Write(Requests, RingDescriptor.ConsumerOffset, BitConverter.GetBytes(1000));

        var receiver = new RecordingReceiver();
        channel.StartReading(Requests, receiver);
        await ArrivedAsync(receiver, 1);
        for (int number = 2; number < 2000; number++)
        {
            await SendAsync(chat, Requests, RingProducer.Frame(1, number));
        }

        await ArrivedAsync(receiver, 1999);
        Assert.Equal(Enumerable.Range(1, 1999).Select(number => RingProducer.Frame(1, number)), receiver.Frames);
        Assert.Equal(0, receiver.Resets);
    }

    [Fact]
    public async Task OnFrame_ManyProducersKilledAtRandom_EachOnesFramesAreWholeAndInOrder()
    {
        const int Producers = 6;
        await using RingTransport channel = Open(ChannelD);
        var receiver = new RecordingReceiver();
        channel.StartReading(Requests, receiver);
        var random = new Random(1);
        await Task.WhenAll(Enumerable.Range(0, Producers).Select(async producer =>
        {
            await using RingProducerProcess process = await RingProducerProcess.StartAsync(Harness, "flood", producer, "flooding");
            await Eventually.TrueAsync(() => receiver.Count > 0, "frames arrive");
            await Task.Delay(random.Next(20, 200));
            await process.KillAsync();
        }));

        await using RingTransport chat = Open(ChatD);
        await SendAsync(chat, Requests, RingProducer.Frame(Producers, 0));
        byte[] last = RingProducer.Frame(Producers, 0);
        await Eventually.TrueAsync(() => receiver.Frames[^1].AsSpan().SequenceEqual(last), "the last frame arrived");
        int[] next = new int[Producers + 1];
        foreach (byte[] frame in receiver.Frames)
        {
            int producer = BitConverter.ToInt32(frame);
            Assert.Equal(RingProducer.Frame(producer, next[producer]++), frame);
        }

        Assert.Equal(0, receiver.Resets);
        Assert.Equal(default, chat.GetDepth(Requests));
    }
}
