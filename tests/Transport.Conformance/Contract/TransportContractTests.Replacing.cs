using Shared.Protocol.Transport;
using Testing.Support.Waiting;
using Transport.Conformance.Support;

namespace Transport.Conformance.Contract;

/// <summary>This part: a reading thread that does not come back from its receiver.</summary>
public abstract partial class TransportContractTests
{
    [Fact]
    public async Task ReplaceReader_ThreadInsideItsReceiver_AnotherReadsOnAndTheOldOneEndsAtItsReturn()
    {
        await using ITransport chat = Harness.Open(ChatD);
        await using ITransport channel = Harness.Open(ChannelD);
        using var release = new ManualResetEventSlim();
        var receiver = new RecordingReceiver(frame => HoldWhereZero(frame, release));
        channel.StartReading(Requests, receiver);
        await SendAsync(chat, Requests, Numbered(0));
        await Eventually.TrueAsync(() => receiver.Count == 1, "the receiver is inside its call");
        Thread first = receiver.ReadingThread!;
        await SendAsync(chat, Requests, Numbered(1));

        channel.ReplaceReader(Requests);
        await Eventually.TrueAsync(() => receiver.Count == 2, "another thread reads on");
        Thread second = receiver.ReadingThread!;
        Assert.NotSame(first, second);
        Assert.Equal((true, first.Name), (second.IsBackground, second.Name));

        release.Set();
        await Eventually.TrueAsync(() => !first.IsAlive, "the old thread has ended");
        for (int number = 2; number < 500; number++)
        {
            await SendAsync(chat, Requests, Numbered(number));
        }

        await Eventually.TrueAsync(() => receiver.Count == 500, "all frames arrived");
        Assert.Same(second, receiver.ReadingThread);
        Assert.Equal(Enumerable.Range(0, 500), receiver.Frames.Select(NumberOf));
        Assert.Equal(default, chat.GetDepth(Requests));
    }

    [Fact]
    public async Task ReplaceReader_AgainAndAgain_EachReadsOnWhereTheLastStuck()
    {
        await using ITransport chat = Harness.Open(ChatD);
        using var release = new ManualResetEventSlim();
        var receiver = new RecordingReceiver(frame => HoldWhereZero(frame, release));
        await using (ITransport channel = Harness.Open(ChannelD))
        {
            channel.StartReading(Requests, receiver);
            for (int round = 1; round <= 5; round++)
            {
                await SendAsync(chat, Requests, Numbered(0));
                await SendAsync(chat, Requests, Numbered(round));
                int before = (2 * round) - 1;
                await Eventually.TrueAsync(() => receiver.Count == before, "the receiver is inside its call");
                channel.ReplaceReader(Requests);
                await Eventually.TrueAsync(() => receiver.Count == before + 1, "another thread reads on");
            }

            release.Set();
        }

        Assert.Equal([0, 1, 0, 2, 0, 3, 0, 4, 0, 5], receiver.Frames.Select(NumberOf));
        await Eventually.TrueAsync(() => !receiver.ReadingThread!.IsAlive, "the last thread has ended");
    }

    [Fact]
    public async Task DisposeAsync_OldThreadStillInItsReceiver_EndsAndLeavesNothing()
    {
        using var release = new ManualResetEventSlim();
        var receiver = new RecordingReceiver(frame => HoldWhereZero(frame, release));
        ITransport channel = Harness.Open(ChannelD);
        channel.StartReading(Requests, receiver);
        await SendAsync(channel, Requests, Numbered(0));
        await Eventually.TrueAsync(() => receiver.Count == 1, "the receiver is inside its call");
        Thread first = receiver.ReadingThread!;
        channel.ReplaceReader(Requests);
        await SendAsync(channel, Requests, Numbered(1));
        await Eventually.TrueAsync(() => receiver.Count == 2, "another thread reads on");

        await channel.DisposeAsync();

        await Eventually.TrueAsync(() => !receiver.ReadingThread!.IsAlive, "the thread that read has ended");
        Assert.True(first.IsAlive);
        Assert.True(Harness.IsClean);
        release.Set();
        await Eventually.TrueAsync(() => !first.IsAlive, "the old thread has ended");
    }

    [Fact]
    public async Task ReplaceReader_MailboxThatIsNotRead_IsMisuse()
    {
        await using ITransport channel = Harness.Open(ChannelD);

        Assert.Throws<InvalidOperationException>(() => channel.ReplaceReader(Requests));
    }

    private static void HoldWhereZero(byte[] frame, ManualResetEventSlim release)
    {
        if (NumberOf(frame) == 0)
        {
            release.Wait(Eventually.DefaultDeadline);
        }
    }
}
