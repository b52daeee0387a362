using System.Tests.Support;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;
using Testing.Support.Ipc;
using Testing.Support.Waiting;

namespace System.Tests.Faults;

/// <summary>Daemons that die without a word.</summary>
public sealed class KillTests
{
    // Short, so that a test need not wait for what it knows; long against a pause of a busy machine.
    private static readonly string[] s_shortLease = ["--Ipc:HeartbeatMs=100", "--Ipc:LeaseMs=1000", "--Ipc:RequestTimeoutMs=2000"];

    [Fact]
    public async Task Kill_ChannelWithRequestsInFlight_EveryOneEndsAndTheNextChannelKnowsThePlayers()
    {
        const int Lines = 2000;
        using ServerPair pair = await ServerPair.StartAsync(s_shortLease);
        await using TestPlayer seeker = await pair.LogInAsync("찾는이");
        await using TestPlayer sought = await pair.LogInAsync("파워전사", map: "페리온");
        Task<ServerResult>[] sent = await seeker.SendAllAsync(Enumerable.Range(0, Lines).Select(static line => $"/찾기 가{line}"));
        await pair.Channel.KillAsync();

        ServerResult[] ended = await Task.WhenAll(sent).WaitAsync(Eventually.DefaultDeadline);
        Assert.Equal(Lines, ended.Length);
        Assert.All(ended, static result => Assert.Contains(result.Outcome, (OutcomeKind[])[OutcomeKind.Ok, OutcomeKind.Busy, OutcomeKind.Unknown]));
        Assert.Equal(OutcomeKind.Busy, (await UntilAsync(seeker, "/찾기 파워전사", OutcomeKind.Busy)).Outcome);

        _ = pair.LaunchChannel();
        await pair.Chat.HasPrintedAsync("2 sessions announced");
        ServerResult found = await seeker.AskAsync("/찾기 파워전사");
        Assert.Equal(("same_map", "페리온"), (found.Code, found.Arguments[1]));
        Assert.Empty(seeker.Breaches);
        await pair.StopCleanlyAsync();
    }

    [Fact]
    public async Task Kill_Chat_ItsSessionsEndAndTheNameIsFreeAtTheNextOne()
    {
        using ServerPair pair = await ServerPair.StartAsync(s_shortLease);
        await using TestPlayer before = await pair.LogInAsync("돌아온이");
        await pair.Chat.KillAsync();
        await before.Closed.WaitAsync(Eventually.DefaultDeadline);

        _ = pair.LaunchChat();
        await pair.ReadyAsync();
        await using TestPlayer after = await pair.LogInAsync("돌아온이");

        Assert.Equal("same_map", (await after.AskAsync("/찾기 돌아온이")).Code);
        Assert.Contains("1 sessions of chatD 0 have ended", pair.Channel.Output, StringComparison.Ordinal);
        await pair.StopCleanlyAsync();
    }

    [Fact]
    public async Task Kill_ChatThatDoesNotReturn_ItsSessionsEndWithItsLease()
    {
        using ServerPair pair = await ServerPair.StartAsync(s_shortLease);
        await using TestPlayer gone = await pair.LogInAsync("사라진이");
        await pair.Chat.KillAsync();

        await pair.Channel.HasPrintedAsync("1 sessions of chatD 0 have ended");
        Assert.Equal(0, (await pair.Channel.StopAsync()).ExitCode);
        Assert.True(pair.Keys.AreUnused);
    }

    [Fact]
    public async Task Kill_Both_TheNextRunCleansUp()
    {
        using ServerPair pair = await ServerPair.StartAsync("--Ipc:LeaseMs=60000", "--Ipc:RequestTimeoutMs=60000");
        await using (TestPlayer player = await pair.LogInAsync("앞의이"))
        {
            pair.Channel.Pause();
            _ = await player.SendAllAsync(Enumerable.Range(0, 50).Select(static line => $"/찾기 가{line}"));
            await Eventually.TrueAsync(() => pair.RequestDepth > 10, "requests wait in the queue");
            await pair.Chat.KillAsync();
            await pair.Channel.KillAsync();
        }

        Assert.False(pair.Keys.AreUnused);

        await pair.StartBothAsync();
        await using (TestPlayer player = await pair.LogInAsync("앞의이"))
        {
            Assert.Equal("same_map", (await player.AskAsync("/찾기 앞의이")).Code);
        }

        await pair.StopCleanlyAsync();
    }

    [Fact]
    public async Task RemoveQueues_UnderTheRunningPair_AreAgreedAnew()
    {
        using ServerPair pair = await ServerPair.StartAsync(s_shortLease);
        await using TestPlayer player = await pair.LogInAsync("굳센이");

        for (int round = 0; round < 3; round++)
        {
            int requests = pair.Keys.RequestQueueId!.Value;
            int results = pair.Keys.ResultQueueId!.Value;
            Task<ServerResult>[] sent = await player.SendAllAsync(Enumerable.Range(0, 200).Select(static line => $"/찾기 가{line}"));
            new RawQueue(requests).Remove();
            new RawQueue(results).Remove();

            Assert.Equal(200, (await Task.WhenAll(sent).WaitAsync(Eventually.DefaultDeadline)).Length);
            ServerResult found = await UntilAsync(player, "/찾기 굳센이", OutcomeKind.Ok);
            Assert.Equal("same_map", found.Code);
            Assert.NotEqual(requests, pair.Keys.RequestQueueId);
            Assert.NotEqual(results, pair.Keys.ResultQueueId);
        }

        Assert.Empty(player.Breaches);
        await player.DisposeAsync();
        await pair.StopCleanlyAsync();
    }

    private static async Task<ServerResult> UntilAsync(TestPlayer player, string line, OutcomeKind wanted)
    {
        using var deadline = new CancellationTokenSource(Eventually.DefaultDeadline);
        while (true)
        {
            ServerResult result = await player.AskAsync(line);
            if (result.Outcome == wanted)
            {
                return result;
            }

            await Task.Delay(20, deadline.Token);
        }
    }
}
