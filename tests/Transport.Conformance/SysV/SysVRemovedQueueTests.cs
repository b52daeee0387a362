using Shared.Protocol.Interop.Linux;
using Shared.Protocol.Transport;
using Shared.Protocol.Transport.SysV;
using Testing.Support.Users;
using Testing.Support.Waiting;
using Transport.Conformance.Support;

namespace Transport.Conformance.SysV;

/// <summary>A queue that somebody removes under the daemons is agreed on anew; one that another user puts there is not used.</summary>
public sealed class SysVRemovedQueueTests : SysVTestBase
{
    [Fact]
    public async Task StartReading_QueueRemovedUnderIt_BothAgreeOnANewOneAndAreTold()
    {
        await using SysVTransport chat = Open(ChatD);
        await using SysVTransport channel = Open(ChannelD);
        var requests = new RecordingReceiver();
        var results = new RecordingReceiver();
        channel.StartReading(Requests, requests);
        chat.StartReading(Results, results);
        for (int round = 1; round <= 5; round++)
        {
            // Sleeping readers of the queue learn of it from the kernel, those of the other queue by a wake.
            Assert.True(SysMsg.Remove((round % 2 == 0 ? Keys.ResultQueueId : Keys.RequestQueueId)!.Value).Succeeded);
            await Eventually.TrueAsync(() => requests.Resets >= round && results.Resets >= round, "both were told");

            int expected = round;
            await SendAsync(chat, Requests);
            await SendAsync(channel, Results);
            await ArrivedAsync(requests, expected);
            await ArrivedAsync(results, expected);
        }

        Assert.All(requests.Frames.Concat(results.Frames), frame => Assert.Equal([42], frame));
        Assert.Equal(5, requests.Count);
        Assert.Equal(5, results.Count);
    }

    [Fact]
    public async Task TrySend_QueueRemovedAndNobodyReads_IsGoneThenSentAgain()
    {
        await using SysVTransport chat = Open(ChatD);
        Assert.Equal(SendStatus.Sent, chat.TrySend(Requests, [1]));
        SysMsg.Remove(Keys.RequestQueueId!.Value);

        SendStatus first = chat.TrySend(Requests, [1]);

        Assert.True(first is SendStatus.Gone or SendStatus.Sent, $"{first}");
        await Eventually.TrueAsync(() => chat.TrySend(Requests, [2]) == SendStatus.Sent, "the queue is there again");
        Assert.NotEmpty(Logger.Of(1002));
        Assert.NotEmpty(Logger.Of(1003));
    }

    [RequiresRootFact]
    public async Task TrySend_QueueReplacedByAnotherUsers_IsRefusedUntilThatGoes()
    {
        await using SysVTransport chat = Open(ChatD);

        // Under the daemons' own mutex, so that none of them makes the queue before the other user does.
        var set = new SysVSemaphoreSet(Keys.SemaphoreSetId!.Value, SysVCalls.Kernel);
        Assert.Equal(Errno.None, set.Lock(Eventually.DefaultDeadline));
        SysMsg.Remove(Keys.RequestQueueId!.Value);
        int foreign = MakeQueue(Keys.RequestKey, SysVTransportOptions.OwnerOnly);
        GiveQueueTo(foreign, OtherUid);
        set.Unlock();

        await Eventually.TrueAsync(() => chat.TrySend(Requests, [1]) == SendStatus.Refused, "the other user's queue is refused");
        await Eventually.TrueAsync(
            () => Logger.Of(1004).Any(line => line.Contains($"belongs to uid {OtherUid}", StringComparison.Ordinal)), "the log names its uid");
        Assert.Equal(foreign, Keys.RequestQueueId);

        SysMsg.Remove(foreign);
        await Eventually.TrueAsync(() => chat.TrySend(Requests, [1]) == SendStatus.Sent, "it works again");
    }

    [Fact]
    public async Task DisposeAsync_QueueJustRemoved_LeavesNothing()
    {
        for (int round = 0; round < 20; round++)
        {
            SysVTransport channel = Open(ChannelD);
            channel.StartReading(Requests, new RecordingReceiver());
            SysMsg.Remove(Keys.RequestQueueId!.Value);
            await channel.DisposeAsync();
            Assert.True(Keys.AreUnused);
        }
    }

    private static Task SendAsync(SysVTransport from, Mailbox to) =>
        Eventually.TrueAsync(() => from.TrySend(to, [42]) == SendStatus.Sent, "the frame was sent");
}
