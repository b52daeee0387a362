using System.Globalization;
using System.Tests.Support;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;
using Testing.Support.Namespaces;
using Testing.Support.Waiting;

namespace System.Tests.Limits;

/// <summary>The pair with the queues that a system may have: hardly any room, and plenty.</summary>
public sealed class QueueSizeTests
{
    private const int Players = 25;
    private const int LinesPerPlayer = 200;

    [RequiresIpcNamespaceTheory]
    [InlineData(2048, false)]
    [InlineData(2048, true)]
    [InlineData(16_384, true)]
    [InlineData(67_108_864, false)]
    [InlineData(67_108_864, true)]
    public async Task Pair_QueueOfThatSize_EveryLineIsAnsweredAndNothingIsLeft(int queueBytes, bool usesSingleQueue)
    {
        using IpcNamespace ipc = await IpcNamespace.MakeAsync($"kernel.msgmnb={queueBytes.ToString(CultureInfo.InvariantCulture)}");

        // Slow is no fault here, and thousands of lines wait for a queue of ten.
        using var pair = new ServerPair(
            $"--Ipc:SingleQueue={usesSingleQueue}", "--Ipc:RequestTimeoutMs=60000", "--Ipc:LeaseMs=60000", "--Ipc:MaxPending=100000");
        pair.Launcher = ipc.Enter();
        await pair.StartBothAsync();
        Assert.Contains(queueBytes.ToString(CultureInfo.InvariantCulture), pair.Channel.Output, StringComparison.Ordinal);
        List<TestPlayer> players = [];
        try
        {
            for (int number = 0; number < Players; number++)
            {
                players.Add(await pair.LogInAsync($"사람{number}"));
            }

            Task<ServerResult>[][] answers = await Task.WhenAll(players.Select(
                static (player, number) => player.SendAllAsync(Enumerable.Range(0, LinesPerPlayer).Select(line => $"/찾기 {Secret(number, line)}"))));
            for (int number = 0; number < Players; number++)
            {
                ServerResult[] results = await Task.WhenAll(answers[number]).WaitAsync(Eventually.DefaultDeadline);
                Assert.All(results, static result => Assert.Equal((OutcomeKind.Ok, "not_found"), (result.Outcome, result.Code)));
                Assert.Equal(
                    Enumerable.Range(0, LinesPerPlayer).Select(line => Secret(number, line)), results.Select(static result => Assert.Single(result.Arguments)));
                Assert.Empty(players[number].Breaches);
            }
        }
        finally
        {
            await Task.WhenAll(players.Select(static player => player.DisposeAsync().AsTask()));
        }

        await pair.StopCleanlyAsync();
        Assert.Equal(0, await IpcObjects.CountAsync(ipc));
    }

    // At most 12 characters, as a name has.
    private static string Secret(int player, int line) => string.Create(CultureInfo.InvariantCulture, $"p{player}비밀{line}");
}
