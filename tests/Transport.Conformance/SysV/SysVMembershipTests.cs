using Shared.Protocol.Interop.Linux;
using Shared.Protocol.Transport;
using Shared.Protocol.Transport.SysV;
using Testing.Support.Waiting;
using Transport.Conformance.Support;

namespace Transport.Conformance.SysV;

/// <summary>Daemons in several processes: who is there, who leaves last, and who was killed.</summary>
public sealed class SysVMembershipTests : SysVTestBase
{
    [Fact]
    public async Task Open_DaemonRunsInAnotherProcess_RefusalNamesItsPid()
    {
        await using AttachedProcess other = await AttachedProcess.StartAsync(ChannelD, Keys.RequestKey);

        var refused = Assert.Throws<ResourceRefusedException>(() => Open(ChannelD));
        Assert.Contains("A second channelD of instance 0", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"process {other.Id} ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DisposeAsync_PeerInAnotherProcess_QueuesStayUntilItLeaves()
    {
        await using AttachedProcess peer = await AttachedProcess.StartAsync(ChannelD, Keys.RequestKey);
        await using (SysVTransport chat = Open(ChatD))
        {
            Assert.Equal(SendStatus.Sent, chat.TrySend(Requests, [1]));
        }

        Assert.NotNull(Keys.RequestQueueId);
        Assert.NotNull(Keys.ResultQueueId);
        await peer.LeaveAsync();
        Assert.True(Keys.AreUnused);
    }

    [Fact]
    public async Task Open_DaemonWasKilled_ItsPlaceIsFreeAndTheLastStillCleansUp()
    {
        await using AttachedProcess killed = await AttachedProcess.StartAsync(ChannelD, Keys.RequestKey);
        int? queue = Keys.RequestQueueId;
        await killed.KillAsync();
        Assert.Equal(queue, Keys.RequestQueueId);

        await using (SysVTransport channel = Open(ChannelD))
        {
            Assert.Equal(queue, Keys.RequestQueueId);
        }

        Assert.True(Keys.AreUnused);
    }

    [Fact]
    public async Task DisposeAsync_PeerWasKilledMeanwhile_RemovesTheQueues()
    {
        await using AttachedProcess killed = await AttachedProcess.StartAsync(ChannelD, Keys.RequestKey);
        await using (SysVTransport chat = Open(ChatD))
        {
            await killed.KillAsync();
            Assert.Equal(SendStatus.Sent, chat.TrySend(Requests, [1]));
        }

        Assert.True(Keys.AreUnused);
    }

    [Fact]
    public async Task Keeper_SemaphoreSetRemoved_DaemonsRegisterAgain()
    {
        await using (SysVTransport chat = Open(ChatD))
        await using (SysVTransport channel = Open(ChannelD))
        {
            SysSem.Remove(Keys.SemaphoreSetId!.Value);
            await Eventually.TrueAsync(() => Logger.Of(1011).Count() == 2, "both registered again");

            Assert.Throws<ResourceRefusedException>(() => Open(ChannelD));
            await chat.DisposeAsync();
            Assert.NotNull(Keys.RequestQueueId);
        }

        Assert.True(Keys.AreUnused);
    }

    [Fact]
    public async Task DisposeAsync_ForeignWireAndQueueWasThereBefore_QueueStays()
    {
        int id = MakeQueue(Keys.RequestKey, SysVTransportOptions.OwnerOnly);
        await using (Open(ChannelD, isForeign: true))
        {
        }

        Assert.Equal(id, Keys.RequestQueueId);
        Assert.Null(Keys.ResultQueueId);
        Assert.Null(Keys.SemaphoreSetId);
        Assert.Contains("there before the daemons", Assert.Single(Logger.Of(1009)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DisposeAsync_ForeignWireAndDaemonsMadeTheQueues_QueuesGo()
    {
        await using (Open(ChannelD, isForeign: true))
        await using (SysVTransport chat = Open(ChatD, isForeign: true))
        {
            Assert.Equal(SendStatus.Sent, chat.TrySend(Requests, [1]));
        }

        Assert.True(Keys.AreUnused);
    }

    [Fact]
    public async Task DisposeAsync_OwnWireAndQueueWasThereBefore_QueueGoes()
    {
        MakeQueue(Keys.RequestKey, SysVTransportOptions.OwnerOnly);
        await using (Open(ChannelD))
        {
        }

        Assert.True(Keys.AreUnused);
    }
}
