using Shared.Protocol.Interop.Linux;
using Testing.Support.Ipc;

namespace Faults.Calls;

/// <summary>Each call of a stop fails once: both sides stop, and nothing is left.</summary>
public sealed class StopTests
{
    private const int CallsOfAStop = 3;

    public static TheoryData<CallKind> Kinds =>
    [
        CallKind.QueueSend, CallKind.QueueReceive, CallKind.QueueGet, CallKind.QueueStat, CallKind.QueueRemove, CallKind.SetOperate, CallKind.SetGetValue,
        CallKind.SetRemove,
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task DisposeAsync_CallFailsOnce_StopsAndLeavesNothing(CallKind kind)
    {
        int fired = 0;
        foreach (bool isChat in (bool[])[true, false])
        {
            // That a key has no queue is believed: there is no second way to ask.
            foreach (Case failure in Case.All(kind, CallsOfAStop).Where(failure => failure is not { Kind: CallKind.QueueGet, Error: Errno.ENOENT }))
            {
                using var keys = new UniqueIpcKeys();
                var pair = new Pair(keys);
                FaultyCalls side = isChat ? pair.ChatCalls : pair.ChannelCalls;
                side.Arm(failure.Kind, failure.Error, failure.Nth);
                await pair.DisposeAsync();
                fired += side.HasFired ? 1 : 0;

                Assert.True(keys.AreUnused, $"{failure} of {(isChat ? "chatD" : "channelD")} left something behind.\n{pair.ChatLog}\n{pair.ChannelLog}");
                Assert.Empty(pair.ChatLog.Of(1008));
                Assert.Empty(pair.ChannelLog.Of(1008));
            }
        }

        Assert.True(fired > 0, $"No stop makes a call of {kind}.");
    }
}
