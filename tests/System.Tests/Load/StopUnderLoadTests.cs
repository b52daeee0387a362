using System.Tests.Support;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;
using Testing.Support.Processes;
using Testing.Support.Waiting;

namespace System.Tests.Load;

/// <summary>SIGTERM while players send: clean, in time, nothing left, and no line without its outcome.</summary>
public sealed class StopUnderLoadTests
{
    private const int Players = 4;

    // The contract's.
    private static readonly TimeSpan s_stopLimit = TimeSpan.FromSeconds(5);

    public enum Order
    {
        ChatFirst,
        ChannelFirst,
        Both,
    }

    [Theory]
    [InlineData(Order.ChatFirst)]
    [InlineData(Order.ChannelFirst)]
    [InlineData(Order.Both)]
    public async Task Terminate_UnderLoad_StopsCleanlyInTimeAndLeavesNothing(Order order)
    {
        using ServerPair pair = await ServerPair.StartAsync();
        TestPlayer[] players = await Task.WhenAll(Enumerable.Range(0, Players).Select(number => pair.LogInAsync($"부하{number}")));
        Task<ServerResult[]>[] loads = [.. players.Select(LoadAsync)];
        await Eventually.TrueAsync(() => players.All(static player => player.Answered > 200), "every player has answers");

        (int ExitCode, TimeSpan Duration)[] stops = order switch
        {
            Order.ChatFirst => [await pair.Chat.StopAsync(), await pair.Channel.StopAsync()],
            Order.ChannelFirst => [await pair.Channel.StopAsync(), await StopAfterTheChannelAsync(pair, players)],
            _ => await Task.WhenAll(pair.Chat.StopAsync(), pair.Channel.StopAsync()),
        };

        Assert.All(stops, stop =>
        {
            Assert.True(stop.ExitCode == 0, $"Exit code {stop.ExitCode}.\n{pair.Chat}{pair.Channel}");
            Assert.True(stop.Duration < s_stopLimit, $"It took {stop.Duration}.\n{pair.Chat}{pair.Channel}");
        });
        Assert.True(pair.Keys.AreUnused, $"Something is left.\n{pair.Chat}{pair.Channel}");
        foreach ((TestPlayer player, Task<ServerResult[]> load) in players.Zip(loads))
        {
            // One result for each line that chatD took; lines that were still in the socket go down with the connection.
            ServerResult[] results = await load.WaitAsync(Eventually.DefaultDeadline);
            Assert.Empty(player.Breaches);
            Assert.Equal(player.Answered, results.LongLength);
            Assert.All(results, static result => Assert.True(
                result.Outcome is OutcomeKind.Ok or OutcomeKind.Busy or OutcomeKind.Unknown, $"{result.Outcome} {result.Code}"));
            Assert.Equal("stopping", player.Refusal?.Code);
            await player.DisposeAsync();
        }
    }

    [Fact]
    public async Task Terminate_ClientHasSentLines_EachLineOfTheClientHasOneOutcome()
    {
        // No other chatD comes: the client does not look for one for long.
        using var pair = new ServerPair();
        await pair.StartBothAsync(chat: ["--Chat:ResumeWindowMs=1000"]);
        using ClientProcess client = pair.StartClient("끝까지");
        for (int line = 0; line < 500; line++)
        {
            client.Write($"/찾기 가{line}\n");
        }

        await client.HasPrintedAsync("\"result\"", times: 10);
        Assert.Equal(0, (await pair.Chat.StopAsync()).ExitCode);

        Assert.Contains(await client.EndAsync(), (int[])[0, 4]);
        Assert.Equal(
            Enumerable.Range(0, client.Results.Count).Select(static line => $"/찾기 가{line}"),
            client.Results.Select(static result => result.GetProperty("line").GetString()));
        Assert.All(client.Results, static result => Assert.Contains(result.GetProperty("outcome").GetString(), (string[])["ok", "busy", "unknown"]));
        Assert.Equal(0, (await pair.Channel.StopAsync()).ExitCode);
        Assert.True(pair.Keys.AreUnused);
    }

    /// <summary>A channelD that neither lives nor dies, and deadlines far beyond the time that a stop may take.</summary>
    [Fact]
    public async Task Terminate_ChannelDoesNotAnswer_LinesEndUnknownAndChatStopsInTime()
    {
        using ServerPair pair = await ServerPair.StartAsync("--Ipc:RequestTimeoutMs=60000", "--Ipc:LeaseMs=60000");
        await using TestPlayer player = await pair.LogInAsync("기다림");
        pair.Channel.Pause();

        // The last one is longer than all else that can lie in the queue, and the lines of a player are sent in order.
        string[] lines = [.. Enumerable.Range(0, 3).Select(static line => $"/찾기 가{line}"), "/찾기 " + new string('가', 250)];
        Task<ServerResult>[] answers = await player.SendAllAsync(lines);
        await Eventually.TrueAsync(() => pair.RequestBytes > 750, "all lines lie in the queue");

        (int exitCode, TimeSpan duration) = await pair.Chat.StopAsync();

        Assert.True(exitCode == 0 && duration < s_stopLimit, $"Exit code {exitCode} after {duration}.\n{pair.Chat}");
        ServerResult[] results = await Task.WhenAll(answers);
        Assert.All(results, static result => Assert.Equal((OutcomeKind.Unknown, "stopping"), (result.Outcome, result.Code)));
        pair.Channel.Resume();
        Assert.Equal(0, (await pair.Channel.StopAsync()).ExitCode);
        Assert.True(pair.Keys.AreUnused);
    }

    private static async Task<(int ExitCode, TimeSpan Duration)> StopAfterTheChannelAsync(ServerPair pair, TestPlayer[] players)
    {
        // The players' lines have outcomes without a channel too.
        long[] before = [.. players.Select(static player => player.Answered)];
        await Eventually.TrueAsync(() => players.Zip(before).All(static pair => pair.First.Answered > pair.Second), "lines are answered without a channelD");
        return await pair.Chat.StopAsync();
    }

    /// <summary>Keeps some lines under way until the connection ends; returns the results that came.</summary>
    private static async Task<ServerResult[]> LoadAsync(TestPlayer player)
    {
        const int UnderWay = 32;
        List<Task<ServerResult>> answers = [];
        try
        {
            for (int line = 0; !player.Closed.IsCompleted; line++)
            {
                answers.Add(await player.SendAsync($"/찾기 없는이{line % 1000}"));
                if (answers.Count > UnderWay)
                {
                    _ = await answers[^UnderWay];
                }
            }
        }
        catch (Exception exception) when (exception is ChatClient.Connection.ConnectionLostException or InvalidOperationException)
        {
            // The server has closed.
        }

        await player.Closed;
        return await Task.WhenAll(answers.Where(static answer => answer.IsCompletedSuccessfully));
    }
}
