using Shared.Protocol.Interop.Linux;
using Shared.Protocol.Transport;
using Shared.Protocol.Transport.SysV;
using Testing.Support.Waiting;
using Transport.Conformance.Support;

namespace Transport.Conformance.SysV;

/// <summary>Somebody holds the daemons' mutex and does not let go, as a process does that was stopped (SIGSTOP) at the wrong instant.</summary>
public sealed class SysVHeldMutexTests : SysVTestBase
{
    [Fact]
    public async Task Open_MutexIsHeld_IsRefusedAtTheDeadlineAndNamesTheHolder()
    {
        await using SysVTransport channel = Open(ChannelD);
        using (new HeldMutex(Keys.SemaphoreSetId!.Value))
        {
            ResourceRefusedException refused = await Assert.ThrowsAsync<ResourceRefusedException>(() => Task.Run(() => Open(ChatD)))
                .WaitAsync(Eventually.DefaultDeadline);
            Assert.Contains($"process {Environment.ProcessId} touched it last", refused.Message, StringComparison.Ordinal);
        }

        await using SysVTransport chat = Open(ChatD);
        Assert.Equal(SendStatus.Sent, chat.TrySend(Requests, [1]));
    }

    [Fact]
    public async Task DisposeAsync_MutexIsHeld_EndsAndTheNextToLeaveCleansUp()
    {
        SysVTransport chat = Open(ChatD);
        using (new HeldMutex(Keys.SemaphoreSetId!.Value))
        {
            await chat.DisposeAsync().AsTask().WaitAsync(Eventually.DefaultDeadline);
        }

        Assert.Single(Logger.Of(1010));
        Assert.NotNull(Keys.RequestQueueId);
        await Open(ChatD).DisposeAsync();
        Assert.True(Keys.AreUnused);
    }

    [Fact]
    public async Task Keeper_QueueRemovedWhileTheMutexIsHeld_SendersAreToldAndItIsFoundAgainAfterwards()
    {
        await using SysVTransport channel = Open(ChannelD);
        await using SysVTransport chat = Open(ChatD);
        var receiver = new RecordingReceiver();
        channel.StartReading(Requests, receiver);
        using (new HeldMutex(Keys.SemaphoreSetId!.Value))
        {
            SysMsg.Remove(Keys.RequestQueueId!.Value);
            await Eventually.TrueAsync(() => Logger.Of(1004).Any(), "the mutex could not be had");
            Assert.Contains(chat.TrySend(Requests, [1]), (SendStatus[])[SendStatus.Gone, SendStatus.Refused]);
        }

        await Eventually.TrueAsync(() => chat.TrySend(Requests, [2]) == SendStatus.Sent, "the queue is there again");
        await ArrivedAsync(receiver, 1);
    }

    private sealed class HeldMutex : IDisposable
    {
        private readonly int _set;

        public HeldMutex(int set)
        {
            _set = set;
            Assert.Equal(Errno.None, SysSem.semtimedop(set, [new SemBuf(0, 0, 0), new SemBuf(0, 1, SysSem.SEM_UNDO)], Eventually.DefaultDeadline));
        }

        public void Dispose() => SysSem.semtimedop(_set, [new SemBuf(0, -1, SysSem.SEM_UNDO | SysIpc.IPC_NOWAIT)], TimeSpan.Zero);
    }
}
