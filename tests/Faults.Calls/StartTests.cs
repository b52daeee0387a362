using Shared.Protocol.Interop.Linux;
using Shared.Protocol.Transport;
using Shared.Protocol.Transport.SysV;
using Testing.Support.Ipc;

namespace Faults.Calls;

/// <summary>Each call of a start fails once: the daemon starts all the same, or says what to do and leaves nothing behind.</summary>
public sealed class StartTests : IDisposable
{
    private readonly UniqueIpcKeys _keys = new();

    public static TheoryData<CallKind> Kinds => [.. Enum.GetValues<CallKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Open_FirstOfAll_CallFailsOnce_StartsOrRefusesAndLeavesNothing(CallKind kind)
    {
        foreach (Case failure in Case.All(kind, await CallsOfAStartAsync(kind)))
        {
            await StartAsync(failure);
            Assert.True(_keys.AreUnused, $"{failure} left something behind.");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Open_PeerIsThere_CallFailsOnce_StartsOrRefusesAndPeerStays(CallKind kind)
    {
        await using (SysVTransport peer = Pair.Open(_keys, Pair.ChannelD, SysVCalls.Kernel, new LogLines(), queueBytes: 8000, group: Gid))
        {
            int? queue = _keys.RequestQueueId;
            foreach (Case failure in Case.All(kind, await CallsOfAStartAsync(kind)))
            {
                await StartAsync(failure);
                Assert.True(queue == _keys.RequestQueueId, $"{failure} took the peer's queue away.");
            }
        }

        Assert.True(_keys.AreUnused);
    }

    public void Dispose() => _keys.Dispose();

    // The group of the queues: any will do for their maker, who may give away what is his.
    private const uint Gid = 60_123;

    /// <summary>How many calls of a kind a start makes that finds nothing; with a peer it makes no more.</summary>
    private static async Task<int> CallsOfAStartAsync(CallKind kind)
    {
        using var keys = new UniqueIpcKeys();
        var calls = new FaultyCalls();
        await using SysVTransport started = Pair.Open(keys, Pair.ChatD, calls, new LogLines(), queueBytes: 8000, group: Gid);
        return Math.Max(1, calls.CountOf(kind));
    }

    private async Task StartAsync(Case failure)
    {
        var calls = new FaultyCalls();
        calls.Arm(failure.Kind, failure.Error, failure.Nth);
        var log = new LogLines();
        try
        {
            SysVTransport started = Pair.Open(_keys, Pair.ChatD, calls, log, queueBytes: 8000, group: Gid);
            Assert.True(started.Limits.MaxFrameBytes > 0, $"{failure} made a daemon that can send nothing.");
            calls.Disarm();
            await started.DisposeAsync();
        }
        catch (ResourceRefusedException refused)
        {
            Assert.True(calls.HasFired, $"{failure}: {refused.Message}");
            Assert.True(SaysWhatToDo(refused.Message), $"{failure} does not say what to do: {refused.Message}");
        }

        // Whatever came of it, nothing of it is in the way: no claim, no mutex, no count.
        await using SysVTransport next = Pair.Open(_keys, Pair.ChatD, SysVCalls.Kernel, log, queueBytes: 8000, group: Gid);
        Assert.Equal(SendStatus.Sent, next.TrySend(new Mailbox(MailboxKind.Request, 0), [1]));
        Assert.True(SysSem.GetValue(_keys.SemaphoreSetId!.Value, 0) is { Succeeded: true, Value: 0 }, $"{failure} left the mutex held.");
    }

    /// <summary>A command to run, a setting to change, or a process to stop.</summary>
    private static bool SaysWhatToDo(string text) =>
        text.Contains('`', StringComparison.Ordinal)
        || text.Contains("SystemCallFilter", StringComparison.Ordinal)
        || text.Contains("Stop that one", StringComparison.Ordinal);
}
