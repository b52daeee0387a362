using System.Tests.Support;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;
using Testing.Support.Waiting;

namespace System.Tests.Results;

/// <summary>Which way the results of real daemons take.</summary>
public sealed class ResultPathTests
{
    private const int Lines = 2000;
    private const string OverSocket = "go over the socket from here on";
    private const string OverQueue = "go over the queue from here on";

    [Fact]
    public async Task Default_BothCan_ResultsTakeTheSocket()
    {
        using ServerPair pair = await ServerPair.StartAsync();
        await using TestPlayer player = await pair.LogInAsync("가");

        await AskUntilOverSocketAsync(pair, player, "/찾기 가", "same_map");
        await player.DisposeAsync();
        await pair.StopCleanlyAsync();
        Assert.Empty(Directory.GetFiles(Path.Combine(pair.RuntimeFolder, "sockets")));
    }

    [Theory]
    [InlineData("queue", "queue")]
    [InlineData("queue", "socket")]
    [InlineData("socket", "queue")]
    public async Task OneOrBothUseTheQueue_ResultsTakeTheQueue(string channel, string chat)
    {
        using var pair = new ServerPair();
        await pair.StartBothAsync([$"--Ipc:ResultPath={channel}"], [$"--Ipc:ResultPath={chat}"]);
        await using TestPlayer player = await pair.LogInAsync("가");

        Assert.Equal("same_map", (await player.AskAsync("/찾기 가")).Code);
        Assert.DoesNotContain(OverSocket, pair.Channel.Output, StringComparison.Ordinal);
        await player.DisposeAsync();
        await pair.StopCleanlyAsync();
    }

    [Fact]
    public async Task NoFolderForSockets_SaysSoAndResultsTakeTheQueue()
    {
        using var pair = new ServerPair();
        await pair.StartBothAsync(["--Ipc:RuntimeFolder=/dev/null/nowhere"], ["--Ipc:RuntimeFolder=/dev/null/nowhere"]);
        await pair.Chat.HasPrintedAsync("Results take the queue only");
        await using TestPlayer player = await pair.LogInAsync("가");

        Assert.Equal("same_map", (await player.AskAsync("/찾기 가")).Code);
    }

    [Fact]
    public async Task SocketRemovedUnderLoad_NoAnswerIsLost()
    {
        using ServerPair pair = await ServerPair.StartAsync("--Ipc:RequestTimeoutMs=30000");
        await using TestPlayer player = await pair.LogInAsync("가");
        string socket = Assert.Single(Directory.GetFiles(Path.Combine(pair.RuntimeFolder, "sockets"), "*-result-*"));

        // chatD makes it again; whoever is connected stays so, and whoever is not takes the queue until then.
        for (int round = 0; round < 5; round++)
        {
            Task<ServerResult>[] answers = await player.SendAllAsync(Enumerable.Range(0, Lines).Select(line => $"/찾기 나{line}"));
            File.Delete(socket);
            ServerResult[] results = await Task.WhenAll(answers).WaitAsync(Eventually.DefaultDeadline);
            Assert.All(results, static result => Assert.Equal((OutcomeKind.Ok, "not_found"), (result.Outcome, result.Code)));
            await Eventually.TrueAsync(() => File.Exists(socket), "the socket is there again");
        }

        Assert.Empty(player.Breaches);
    }

    [Fact]
    public async Task ChatKilled_TheNextOneHasItsResultsOverTheSocketAgain()
    {
        using ServerPair pair = await ServerPair.StartAsync("--Ipc:HeartbeatMs=100", "--Ipc:LeaseMs=1000");
        await using (TestPlayer before = await pair.LogInAsync("가"))
        {
            Assert.Equal("same_map", (await before.AskAsync("/찾기 가")).Code);
            _ = await before.SendAllAsync(Enumerable.Range(0, Lines).Select(line => $"/찾기 나{line}"));
            await pair.Chat.KillAsync();
        }

        _ = pair.LaunchChat();
        await pair.ReadyAsync();
        await using TestPlayer after = await pair.LogInAsync("나");
        for (int line = 0; line < 100; line++)
        {
            ServerResult result = await after.AskAsync($"/찾기 다{line}");
            Assert.Equal((OutcomeKind.Ok, $"다{line}"), (result.Outcome, Assert.Single(result.Arguments)));
        }

        await AskUntilOverSocketAsync(pair, after, "/찾기 나", "same_map");
        Assert.Empty(after.Breaches);
    }

    // The first results may take the queue: until chatD has taken the connection, and after a chatD that is gone for some time more.
    private static async Task AskUntilOverSocketAsync(ServerPair pair, TestPlayer player, string line, string code)
    {
        using var deadline = new CancellationTokenSource(Eventually.DefaultDeadline);
        do
        {
            deadline.Token.ThrowIfCancellationRequested();
            Assert.Equal(code, (await player.AskAsync(line)).Code);
        }
        while (pair.Channel.Output.LastIndexOf(OverSocket, StringComparison.Ordinal) <= pair.Channel.Output.LastIndexOf(OverQueue, StringComparison.Ordinal));
    }
}
