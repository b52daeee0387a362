using System.Tests.Support;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;
using Testing.Support.Ipc;
using Testing.Support.Users;
using Testing.Support.Waiting;

namespace System.Tests.Limits;

/// <summary>Somebody changes a queue under the daemons, and changes it back: lines are refused meanwhile, and nobody restarts anything.</summary>
public sealed class ChangedQueueTests
{
    private static readonly string[] s_short = ["--Ipc:HeartbeatMs=100", "--Ipc:LeaseMs=1000", "--Ipc:RequestTimeoutMs=1000"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Pair_QueueHoldsNothing_BusyUntilItDoesAgain(bool isResultQueue) =>
        ChangeAsync([], isResultQueue, static queue => queue.Change(0, queue.Limits.Mode));

    [RequiresFewerRightsFact]
    public Task Pair_RequestQueueIsClosedToItsOwner_BusyUntilItIsOpenAgain() =>
        ChangeAsync(Launchers.WithoutIpcRights, isResultQueue: false, static queue => queue.Change(queue.Limits.CapacityBytes, 0));

    [RequiresFewerRightsFact]
    public Task Pair_ResultQueueIsClosedToItsOwner_RefusedUntilItIsOpenAgain() =>
        ChangeAsync(Launchers.WithoutIpcRights, isResultQueue: true, static queue => queue.Change(queue.Limits.CapacityBytes, 0));

    private static async Task ChangeAsync(IReadOnlyList<string> launcher, bool isResultQueue, Action<RawQueue> change)
    {
        using var pair = new ServerPair(s_short) { Launcher = launcher };
        await pair.StartBothAsync();
        await using TestPlayer player = await pair.LogInAsync("묻는이");
        await UntilAsync(player, OutcomeKind.Ok);
        var queue = new RawQueue(isResultQueue ? pair.Keys.ResultQueueId!.Value : pair.Keys.RequestQueueId!.Value);
        (long capacityBytes, int mode) = queue.Limits;

        change(queue);

        // Until then an answer may be lost: nobody can say whether that line was run.
        await UntilAsync(player, OutcomeKind.Busy);
        queue.Change(capacityBytes, mode);
        await UntilAsync(player, OutcomeKind.Ok);
        Assert.Empty(player.Breaches);
        await player.DisposeAsync();
        await pair.StopCleanlyAsync();
    }

    private static async Task UntilAsync(TestPlayer player, OutcomeKind outcome)
    {
        using var deadline = new CancellationTokenSource(Eventually.DefaultDeadline);
        ServerResult result;
        do
        {
            deadline.Token.ThrowIfCancellationRequested();
            result = await player.AskAsync("/찾기 묻는이");
        }
        while (result.Outcome != outcome);
    }
}
