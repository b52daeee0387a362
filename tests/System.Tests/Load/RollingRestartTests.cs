using System.Tests.Support;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;
using Testing.Support.Processes;
using Testing.Support.Waiting;

namespace System.Tests.Load;

/// <summary>Each daemon is restarted in its turn while players send: no line is lost, and none ends unknown.</summary>
public sealed class RollingRestartTests
{
    private const int Players = 6;

    // More lines of a player than the queue takes at once: some lie in the queue, some wait in chatD, some are still in the socket.
    private const int UnderWay = 48;

    // However long a start takes on this machine, lines are still to be run by the next channelD.
    private static readonly string[] s_patience = ["--Ipc:RequestTimeoutMs=60000"];

    [Fact]
    public async Task RestartChannel_UnderLoad_EveryLineIsRunAndNobodyIsDisconnected()
    {
        using ServerPair pair = await ServerPair.StartAsync(s_patience);
        TestPlayer[] players = await Task.WhenAll(Enumerable.Range(0, Players).Select(number => pair.LogInAsync($"부하{number}")));
        using var over = new CancellationTokenSource();
        Task<ServerResult[]>[] loads = [.. players.Select(player => LoadAsync(player, over.Token))];
        for (int round = 1; round <= 3; round++)
        {
            long[] before = [.. players.Select(static player => player.Answered)];
            await AnsweredSinceAsync(players, before);
            Assert.Equal(0, (await pair.Channel.StopAsync()).ExitCode);
            _ = pair.LaunchChannel();
            await pair.ChannelRunsAsync();
            before = [.. players.Select(static player => player.Answered)];
            await AnsweredSinceAsync(players, before);
        }

        await over.CancelAsync();
        foreach ((TestPlayer player, Task<ServerResult[]> load) in players.Zip(loads))
        {
            ServerResult[] results = await load.WaitAsync(Eventually.DefaultDeadline);
            Assert.Empty(player.Breaches);
            Assert.Null(player.Refusal);
            AssertAllRun(results);
            await player.DisposeAsync();
        }

        Assert.Contains(" 0 unknown,", await StoppedLineAsync(pair), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RestartChat_WithClientsThatSend_TheyComeBackByThemselvesAndEveryLineIsRun()
    {
        const int Clients = 3;
        const int Lines = 400;
        using ServerPair pair = await ServerPair.StartAsync(s_patience);
        ClientProcess[] clients = [.. Enumerable.Range(0, Clients).Select(number => pair.StartClient($"전사{number}", "--json"))];
        try
        {
            int sent = 0;
            for (int round = 0; round < 2; round++)
            {
                Write();
                await Eventually.TrueAsync(() => clients.All(client => client.Results.Count > sent - Lines), "every client has answers to these lines");
                Assert.Equal(0, (await pair.Chat.StopAsync()).ExitCode);
                Assert.Contains(" 0 unknown,", pair.Chat.Lines.Single(static line => line.Contains("[3001]", StringComparison.Ordinal)), StringComparison.Ordinal);
                _ = pair.LaunchChat();
                await pair.ChatReadyAsync();
            }

            Write();
            foreach (ClientProcess client in clients)
            {
                Assert.True(await client.EndAsync() == 0, client.ToString());
                Assert.Equal(Enumerable.Range(0, sent).Select(static line => $"/찾기 없는이{line}"), client.Results.Select(static result => result.GetProperty("line").GetString()));
                Assert.All(client.Results, static result => Assert.Equal("ok", result.GetProperty("outcome").GetString()));
            }

            void Write()
            {
                string lines = string.Concat(Enumerable.Range(sent, Lines).Select(static line => $"/찾기 없는이{line}\n"));
                Array.ForEach(clients, client => client.Write(lines));
                sent += Lines;
            }
        }
        finally
        {
            Array.ForEach(clients, static client => client.Dispose());
        }
    }

    /// <summary>The worst instant: lines wait in chatD for room, and it gets to read the farewell only when the channelD has nothing to do any more.</summary>
    [Fact]
    public async Task StopChannel_ChatReadsTheFarewellLate_WhatItSendsUntilThenIsAnswered()
    {
        // So small that most of the lines have to wait in chatD.
        using ServerPair pair = await ServerPair.StartAsync([.. s_patience, "--Ipc:QueueBytes=4096"]);
        TestPlayer[] players = await Task.WhenAll(Enumerable.Range(0, Players).Select(number => pair.LogInAsync($"전사{number}")));
        pair.Channel.Pause();
        Task<ServerResult>[][] answers = await Task.WhenAll(players.Select(static player => player.SendAllAsync(Enumerable.Repeat("/찾기 전사1", UnderWay))));
        await Eventually.TrueAsync(() => pair.RequestDepth > 5, "the queue has what it takes");
        pair.Chat.Pause();
        pair.Channel.Resume();
        await Eventually.TrueAsync(() => pair.RequestDepth == 0, "channelD has read all");
        pair.Channel.Terminate();

        // Time enough for a channelD that would not wait for chatD; this one is still there afterwards.
        _ = await Task.WhenAny(pair.Channel.ExitAsync(), Task.Delay(TimeSpan.FromMilliseconds(300)));
        pair.Chat.Resume();
        Assert.Equal(0, await pair.Channel.ExitAsync());
        _ = pair.LaunchChannel();

        ServerResult[][] results = await Task.WhenAll(answers.Select(Task.WhenAll)).WaitAsync(Eventually.DefaultDeadline);
        AssertAllRun([.. results.SelectMany(static result => result)]);
        await Task.WhenAll(players.Select(static player => player.DisposeAsync().AsTask()));
        Assert.Contains(" 0 unknown,", await StoppedLineAsync(pair), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StopChannel_NoOtherComes_LinesEndBusyInTimeAndThenAtOnce()
    {
        using ServerPair pair = await ServerPair.StartAsync("--Ipc:RequestTimeoutMs=1500");
        await using TestPlayer player = await pair.LogInAsync("전사");
        Assert.Equal(0, (await pair.Channel.StopAsync()).ExitCode);

        // Those that wait for another channelD, and those that do not wait any more.
        ServerResult[] results = await Task.WhenAll(await player.SendAllAsync(Enumerable.Repeat("/찾기 전사", 20))).WaitAsync(Eventually.DefaultDeadline);
        Assert.All(results, static result => Assert.Equal((OutcomeKind.Busy, "peer_down"), (result.Outcome, result.Code)));
        _ = await player.AskUntilAsync("/찾기 전사", "peer_down");

        _ = pair.LaunchChannel();
        Assert.Equal("same_map", (await player.AskUntilAsync("/찾기 전사", "same_map")).Code);
        await pair.StopCleanlyAsync();
    }

    [Fact]
    public async Task LogIn_WhileTheChannelRestarts_WaitsForIt()
    {
        using ServerPair pair = await ServerPair.StartAsync("--Ipc:RequestTimeoutMs=20000");
        Assert.Equal(0, (await pair.Channel.StopAsync()).ExitCode);
        Task<TestPlayer> logIn = pair.LogInAsync("전사");
        _ = pair.LaunchChannel();

        await using TestPlayer player = await logIn;
        Assert.Equal("same_map", (await player.AskAsync("/찾기 전사")).Code);
    }

    [Fact]
    public async Task StopBoth_WhileLinesWaitForTheChannel_ChatStopsInTimeAndTheyEndBusy()
    {
        using ServerPair pair = await ServerPair.StartAsync("--Ipc:RequestTimeoutMs=60000");
        await using TestPlayer player = await pair.LogInAsync("전사");
        Assert.Equal(0, (await pair.Channel.StopAsync()).ExitCode);
        Task<ServerResult>[] answers = await player.SendAllAsync(Enumerable.Repeat("/찾기 전사", 20));

        (int exitCode, TimeSpan duration) = await pair.Chat.StopAsync();

        Assert.True(exitCode == 0 && duration < TimeSpan.FromSeconds(5), $"Exit code {exitCode} after {duration}.\n{pair.Chat}");
        await player.Closed.WaitAsync(Eventually.DefaultDeadline);
        foreach (Task<ServerResult> answer in answers.Where(static answer => answer.IsCompletedSuccessfully))
        {
            Assert.Equal(OutcomeKind.Busy, (await answer).Outcome);
        }

        Assert.True(pair.Keys.AreUnused);
    }

    private static void AssertAllRun(ServerResult[] results) => Assert.Equal(
        [$"{OutcomeKind.Ok} not_found or same_map"],
        results.GroupBy(static result => result.Outcome == OutcomeKind.Ok ? $"{result.Outcome} not_found or same_map" : $"{result.Outcome} {result.Code}")
            .Select(static group => group.Key));

    private static Task AnsweredSinceAsync(TestPlayer[] players, long[] before) => Eventually.TrueAsync(
        () => players.Zip(before).All(static pair => pair.First.Answered > pair.Second + 100), "every player has further answers");

    private static async Task<string> StoppedLineAsync(ServerPair pair)
    {
        Assert.Equal(0, (await pair.Chat.StopAsync()).ExitCode);
        return pair.Chat.Lines.Single(static line => line.Contains("[3001]", StringComparison.Ordinal));
    }

    private static async Task<ServerResult[]> LoadAsync(TestPlayer player, CancellationToken over)
    {
        List<Task<ServerResult>> answers = [];
        while (!over.IsCancellationRequested)
        {
            answers.Add(await player.SendAsync($"/찾기 없는이{answers.Count % 1000}"));
            if (answers.Count > UnderWay)
            {
                _ = await answers[^UnderWay];
            }
        }

        return await Task.WhenAll(answers);
    }
}
