using System.Collections.Concurrent;
using System.Globalization;
using ChatD.Tests.Support;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Messages.Sessions;
using Shared.Protocol.Requests;
using Shared.Protocol.Wire;
using Xunit.Abstractions;

namespace ChatD.Tests.Transfers;

/// <summary>
/// Players type without waiting, and change channels in between, while answers and refusals come back in any order and some changes fail: each line takes effect once, in
/// its order, and where its player is by then. One that cannot any more, for a later one has, is told so.
/// </summary>
public sealed class LineOrderPropertyTests(ITestOutputHelper output)
{
    private const int Histories = 24;
    private const int AtOnce = 4;
    private const int Lines = 60;

    private readonly ConcurrentDictionary<string, ConcurrentQueue<int>> _run = new();

    [Fact]
    public async Task RandomHistories_EveryLine_IsRunOnceInItsOrderAndWhereThePlayerIs()
    {
        int first = Random.Shared.Next(1_000_000);
        await using ChannelPair pair = await ChannelPair.StartAsync(hasSecond: true, ("Ipc:RequestTimeoutMs", "60000"));
        Script(pair.Home, 1);
        Script(pair.Second, 2);
        for (int seed = first; seed < first + Histories; seed += AtOnce)
        {
            output.WriteLine($"seeds {seed} to {seed + AtOnce - 1}");
            await Task.WhenAll(Enumerable.Range(seed, AtOnce).Select(own => PlayAsync(pair, own)));
        }
    }

    // Has the player leave when he is sent away: what he typed behind that is refused, until he logs in again, or for good.
    private void Script(ScriptedChannel channel, int number)
    {
        var leaving = new ConcurrentDictionary<string, bool>();
        channel.LogIn = request =>
        {
            leaving.TryRemove(request.Name, out _);
            return !channel.Has(request.Name) && Random.Shared.Next(4) == 0
                ? ResultBody<LogInResult>.Busy(CommonCodes.ChannelFull)
                : ChannelPair.Welcome(request);
        };
        channel.Answer = line => new ValueTask<ResultBody<CommandResult>>(AnswerAsync(line.Split(' ')));

        async Task<ResultBody<CommandResult>> AnswerAsync(string[] words)
        {
            (string name, int place) = (words[^2], int.Parse(words[^1], CultureInfo.InvariantCulture));
            ResultBody<CommandResult> answer;
            if (leaving.ContainsKey(name) || !channel.Has(name))
            {
                answer = ResultBody<CommandResult>.Busy(OutcomeCodes.UnknownSession);
            }
            else
            {
                _run.GetOrAdd(name, _ => []).Enqueue(place);
                bool isElsewhere = words[0] == "/채널" && words[1] != number.ToString(CultureInfo.InvariantCulture) && leaving.TryAdd(name, true);
                answer = isElsewhere
                    ? ChannelPair.Transfer(3 - number)
                    : ResultBody<CommandResult>.Ok(new CommandResult("say", "said", [], number.ToString(CultureInfo.InvariantCulture)));
            }

            await Task.Delay(Random.Shared.Next(3));
            return answer;
        }
    }

    private async Task PlayAsync(ChannelPair pair, int seed)
    {
        var random = new Random(seed);
        string name = $"용사{seed}";
        TestPlayer? player = null;
        while (player is null)
        {
            // A channel that is full for a moment.
            TestPlayer attempt = await pair.Chat.ConnectAsync();
            await attempt.LogInAsync(name, 1);
            byte[]? greeting = await attempt.ReadAsync();
            player = Shared.Protocol.Messages.MessageTypes.Peek(greeting) == ServerLoggedIn.TypeNumber ? attempt : null;
        }

        using (player)
        {
            string[] lines =
            [
                .. Enumerable.Range(1, Lines).Select(place => $"{(random.Next(6) == 0 ? $"/채널 {1 + random.Next(2)}" : "hello")} {name} {place}"),
            ];
            for (int i = 0; i < Lines; i++)
            {
                await player.SendAsync(new ClientLine((ulong)i + 1, lines[i]));
                if (random.Next(8) == 0)
                {
                    await Task.Delay(random.Next(4));
                }
            }

            var run = new List<int>();
            string channel = "1";
            for (int i = 0; i < Lines; i++)
            {
                ServerResult result = await player.ReadAsync<ServerResult>();
                Assert.Equal((ulong)i + 1, result.LineId);
                if (result is { Outcome: OutcomeKind.Busy, Code: OutcomeCodes.UnknownSession })
                {
                    output.WriteLine($"seed {seed}: line {i + 1} came too late to be run");
                    continue;
                }

                run.Add(i + 1);
                if (result.Text.StartsWith("to ", StringComparison.Ordinal))
                {
                    channel = result.Text["to ".Length..];
                }
                else if (result.Code != CommonCodes.ChannelUnavailable)
                {
                    Assert.True(result.Outcome == OutcomeKind.Ok, $"seed {seed}: '{lines[i]}' ended {result.Outcome} {result.Code}");
                    Assert.True(result.Text == channel, $"seed {seed}: '{lines[i]}' was run at {result.Text} instead of {channel}");
                }
            }

            Assert.Equal(run, _run[name]);
            Assert.True(run.Count > Lines / 2, $"seed {seed}: only {run.Count} lines were run.");
        }
    }
}
