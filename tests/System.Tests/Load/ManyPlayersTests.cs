using System.Globalization;
using System.Tests.Support;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;
using Testing.Support.Processes;
using Testing.Support.Waiting;

namespace System.Tests.Load;

/// <summary>Many players with many lines each: every answer reaches its asker, and no other.</summary>
public sealed class ManyPlayersTests
{
    private const int Players = 50;
    private const int LinesPerPlayer = 2000;

    /// <summary>
    /// channelD stands still until every line has been sent, so that all of them are in flight at once. Each names somebody whom only its
    /// asker knows; the answer has to name him too.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pair_AHundredThousandLinesInFlight_EachAnswerReachesItsAskerInOrder(bool usesSingleQueue)
    {
        using var pair = new ServerPair(
            $"--Ipc:SingleQueue={usesSingleQueue}", "--Ipc:LeaseMs=60000", "--Ipc:RequestTimeoutMs=60000", "--Ipc:MaxPending=1000000", "--Ipc:MaxPendingBytes=268435456");
        await pair.StartBothAsync(chat: [$"--Chat:MaxInFlightPerPlayer={LinesPerPlayer}", "--Chat:MaxBufferedBytesPerPlayer=4194304"]);
        List<TestPlayer> players = [];
        try
        {
            for (int number = 0; number < Players; number++)
            {
                players.Add(await pair.LogInAsync($"사람{number}"));
            }

            pair.Channel.Pause();
            Task<ServerResult>[][] answers = await Task.WhenAll(players.Select(
                static (player, number) => player.SendAllAsync(Enumerable.Range(0, LinesPerPlayer).Select(line => $"/찾기 {Secret(number, line)}"))));
            Assert.All(players, static player => Assert.Equal(0, player.Answered));
            pair.Channel.Resume();

            int counted = 0;
            for (int number = 0; number < Players; number++)
            {
                ServerResult[] results = await Task.WhenAll(answers[number]).WaitAsync(Eventually.DefaultDeadline);
                for (int line = 0; line < LinesPerPlayer; line++)
                {
                    Assert.Equal((OutcomeKind.Ok, "not_found"), (results[line].Outcome, results[line].Code));
                    Assert.Equal(Secret(number, line), Assert.Single(results[line].Arguments));
                    Assert.Equal($"{Secret(number, line)}님을 찾을 수 없습니다.", results[line].Text);
                    counted++;
                }

                Assert.Empty(players[number].Breaches);
            }

            Assert.Equal(Players * LinesPerPlayer, counted);
        }
        finally
        {
            await Task.WhenAll(players.Select(static player => player.DisposeAsync().AsTask()));
        }

        await AllHaveLeftAsync(pair);
        await pair.StopCleanlyAsync();
        Assert.Contains("0 busy, 0 unknown, 0 cancelled; dropped 0 late, 0 stale, 0 misaddressed, 0 malformed results", pair.Chat.Output, StringComparison.Ordinal);
    }

    /// <summary>With the smallest buffers a player who sends faster than he may is held back by his socket, and loses nothing.</summary>
    [Fact]
    public async Task Pair_OneLineInFlightPerPlayer_HoldsBackAndLosesNothing()
    {
        using var pair = new ServerPair();
        await pair.StartBothAsync(chat: ["--Chat:MaxInFlightPerPlayer=1", "--Chat:MaxBufferedBytesPerPlayer=8192"]);
        await using TestPlayer player = await pair.LogInAsync("급한이");

        Task<ServerResult>[] answers = await player.SendAllAsync(Enumerable.Range(0, LinesPerPlayer).Select(static line => $"/찾기 {Secret(0, line)}"));
        ServerResult[] results = await Task.WhenAll(answers).WaitAsync(Eventually.DefaultDeadline);

        Assert.Equal(
            Enumerable.Range(0, LinesPerPlayer).Select(static line => Secret(0, line)),
            results.Select(static result => result.Arguments.Single()));
        Assert.Empty(player.Breaches);
    }

    /// <summary>The real client, with more lines than may be outstanding.</summary>
    [Fact]
    public async Task Client_TwoThousandLinesPiped_AnswersAllInOrder()
    {
        using ServerPair pair = await ServerPair.StartAsync();
        using ClientProcess client = pair.StartClient("파이프");
        string[] lines = [.. Enumerable.Range(0, LinesPerPlayer).Select(static line => $"/찾기 {Secret(7, line)}")];

        client.Write(string.Join('\n', lines));

        Assert.Equal(0, await client.EndAsync());
        Assert.Equal(lines, client.Results.Select(static result => result.GetProperty("line").GetString()));
        Assert.Equal(
            Enumerable.Range(0, LinesPerPlayer).Select(static line => $"{Secret(7, line)}님을 찾을 수 없습니다."),
            client.Results.Select(static result => result.GetProperty("text").GetString()));
    }

    // The next to leave would be cut short by the stop, and counted.
    private static async Task AllHaveLeftAsync(ServerPair pair)
    {
        using ClientProcess client = pair.StartClient("마지막");
        int asked = 0;
        do
        {
            client.Write("/누구\n");
            asked++;
            await client.HasPrintedAsync("\"result\"", times: asked);
        }
        while (client.Results[^1].GetProperty("arguments")[1].GetString() != "1");
        Assert.Equal(0, await client.EndAsync());
    }

    // At most 12 characters, as a name has.
    private static string Secret(int player, int line) => string.Create(CultureInfo.InvariantCulture, $"p{player}비밀{line}");
}
