using System.Tests.Support;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;
using Testing.Support.Folders;
using Testing.Support.Waiting;

namespace System.Tests.Faults;

/// <summary>The pair over rings in shared memory does what it does over queues: it answers, and outlives the death of either daemon.</summary>
public sealed class RingPairTests : IDisposable
{
    private readonly TempFolder _folder = new();

    // As in KillTests.
    private string[] Options =>
    [
        "--Ipc:Transport=ring", $"--Ipc:RingFolder={_folder.Path}", "--Ipc:RingBytes=65536", "--Ipc:HeartbeatMs=100", "--Ipc:LeaseMs=1000", "--Ipc:RequestTimeoutMs=2000",
    ];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Pair_OverRings_AnswersAndLeavesNothing()
    {
        using ServerPair pair = await ServerPair.StartAsync([.. Options, "--Ipc:SpinUs=50"]);
        await using (TestPlayer seeker = await pair.LogInAsync("찾는이"))
        await using (TestPlayer sought = await pair.LogInAsync("파워전사", map: "페리온"))
        {
            ServerResult found = await seeker.AskAsync("/찾기 파워전사");
            Assert.Equal(("same_map", "페리온"), (found.Code, found.Arguments[1]));
            Task<ServerResult>[] sent = await seeker.SendAllAsync(Enumerable.Range(0, 2000).Select(static line => $"/찾기 가{line}"));
            Assert.All(await Task.WhenAll(sent).WaitAsync(Eventually.DefaultDeadline), static result => Assert.Contains(result.Outcome, (OutcomeKind[])[OutcomeKind.Ok, OutcomeKind.Busy]));
            Assert.Empty(seeker.Breaches);
        }

        Assert.Null(pair.Keys.RequestQueueId);
        Assert.NotEmpty(Directory.GetFiles(_folder.Path, "*.ring"));
        await pair.StopCleanlyAsync();
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Kill_EachDaemonInTurn_EveryRequestEndsAndTheNextRunAnswers()
    {
        const int Lines = 1000;
        using ServerPair pair = await ServerPair.StartAsync(Options);
        await using (TestPlayer player = await pair.LogInAsync("굳센이"))
        {
            Task<ServerResult>[] sent = await player.SendAllAsync(Enumerable.Range(0, Lines).Select(static line => $"/찾기 가{line}"));
            await pair.Channel.KillAsync();
            ServerResult[] ended = await Task.WhenAll(sent).WaitAsync(Eventually.DefaultDeadline);
            Assert.All(ended, static result => Assert.Contains(result.Outcome, (OutcomeKind[])[OutcomeKind.Ok, OutcomeKind.Busy, OutcomeKind.Unknown]));

            _ = pair.LaunchChannel();
            await pair.Chat.HasPrintedAsync("1 sessions announced");
            Assert.Equal("same_map", (await player.AskAsync("/찾기 굳센이")).Code);
            await pair.Chat.KillAsync();
            await player.Closed.WaitAsync(Eventually.DefaultDeadline);
        }

        _ = pair.LaunchChat();
        await pair.ReadyAsync();
        await using (TestPlayer after = await pair.LogInAsync("굳센이"))
        {
            Assert.Equal("same_map", (await after.AskAsync("/찾기 굳센이")).Code);
        }

        await pair.StopCleanlyAsync();
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }
}
