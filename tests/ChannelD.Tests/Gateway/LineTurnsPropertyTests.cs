using ChannelD.Commands;
using ChannelD.Directory;
using ChannelD.Gateway;
using ChannelD.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Wire;
using Xunit.Abstractions;
using ManualTime = Testing.Support.Time.ManualTime;

namespace ChannelD.Tests.Gateway;

/// <summary>Lines of several sessions come, wait, end and run out of time in any order.</summary>
public sealed class LineTurnsPropertyTests(ITestOutputHelper output)
{
    private const int Histories = 200;
    private const int Steps = 300;
    private const int Sessions = 3;
    private const int HandlerTimeoutMs = 800;

    [Fact]
    public async Task RandomHistories_EachSession_RunsItsLinesInOrderOrNotAtAll()
    {
        int first = Random.Shared.Next();
        for (int seed = first; seed < first + Histories; seed++)
        {
            output.WriteLine($"seed {seed}");
            await RunAsync(new Random(seed));
        }
    }

    private static async Task RunAsync(Random random)
    {
        List<string> begun = [];
        var slow = new Scripted.Command("slow", takesEffectAtOnce: false, begun);
        var sent = new Scripted.Command("sent", takesEffectAtOnce: true, begun);
        using var channel = new TestChannel(add: services => services.AddSingleton<IPlayerCommand>(slow).AddSingleton<IPlayerCommand>(sent));
        var time = new ManualTime();
        using var turns = new LineTurns(channel.Game, time, HandlerTimeoutMs);
        SessionId[] sessions = [.. Enumerable.Range(1, Sessions).Select(user => channel.LogIn(user, $"용사{user}"))];
        List<(string Name, Task<ResultBody<CommandResult>> Answer)> lines = [];
        for (int step = 0; step < Steps; step++)
        {
            switch (random.Next(10))
            {
                case < 5:
                    int user = random.Next(Sessions);
                    string name = $"{(random.Next(2) == 0 ? "now" : "later")} {user} {step:0000}";
                    string word = random.Next(4) == 0 ? "sent" : "slow";
                    lines.Add((name, turns.RunAsync(sessions[user], new CommandRequest($"/{word} {name}"), 0).AsTask()));
                    break;
                case < 9:
                    EndOne(random.Next(3) == 0 ? sent : slow, random);
                    break;
                default:
                    time.Advance(TimeSpan.FromMilliseconds(random.Next(HandlerTimeoutMs / 3)));
                    break;
            }
        }

        while (EndOne(slow, random) || EndOne(sent, random))
        {
        }

        for (int user = 0; user < Sessions; user++)
        {
            string[] own = [.. begun.Where(name => name.Split(' ')[1][0] - '0' == user)];
            Assert.Equal(own.OrderBy(name => name[^4..], StringComparer.Ordinal), own);
        }

        Assert.Equal(begun.Distinct().Count(), begun.Count);
        foreach ((string name, Task<ResultBody<CommandResult>> answer) in lines)
        {
            Assert.True(answer.IsCompletedSuccessfully, $"{name} has no answer.");
            Assert.Equal(begun.Contains(name) ? ResultStatus.Ok : ResultStatus.Busy, (await answer).Status);
        }

        Assert.Equal(0, turns.HeldCount);
    }

    private static bool EndOne(Scripted.Command command, Random random)
    {
        string[] waiting = [.. command.Waiting];
        if (waiting.Length > 0)
        {
            command.End(waiting[random.Next(waiting.Length)]);
        }

        return waiting.Length > 0;
    }
}
