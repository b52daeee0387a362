using System.Collections.Concurrent;
using System.Text.Json;
using ChatClient.Tests.Support;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Players;
using Testing.Support.Processes;
using Testing.Support.Waiting;

namespace ChatClient.Tests.Running;

/// <summary>Events with numbers: each is shown once, and a loss is told.</summary>
public sealed class EventTests
{
    private const int WindowMs = 60_000;

    [Fact]
    public async Task Run_EventsOverTwoConnections_AreShownOnceEach()
    {
        var logIns = new ConcurrentQueue<ClientLogIn>();
        var lines = new ConcurrentQueue<ClientLine>();
        await using var server = new FakeChatD(async player =>
        {
            bool isFirst = logIns.IsEmpty;
            await player.AcceptLogInAsync(greeting => greeting with { ResumeWindowMs = WindowMs, IsResumed = !isFirst });
            logIns.Enqueue(player.LogIn);
            if (isFirst)
            {
                await SendAsync(player, 1, 2, 3);
                return;
            }

            // As one that had sent 3 before it knew what the client has.
            await SendAsync(player, 3, 4, 5);
            while (await player.ReceiveAsync() == MessageTypes.ClientLine)
            {
                lines.Enqueue(player.Line);
                await player.AnswerAsync(player.Line);
            }
        });
        using var client = new ClientProcess("--name", "가", "--json", "--server", server.Address.ToString());
        await Eventually.TrueAsync(() => Numbers(client).Length == 5, "the events are shown");
        client.Write("하나\n");

        Assert.Equal(0, await client.EndAsync());
        Assert.Null(server.Failure);
        Assert.Equal([1UL, 2, 3, 4, 5], Numbers(client));
        Assert.DoesNotContain("events_missed", Notices(client));
        Assert.Equal([0UL, 3], logIns.Select(static logIn => logIn.LastEventNumber));
        Assert.Equal(5UL, Assert.Single(lines).LastEventNumber);
    }

    [Fact]
    public async Task Run_NumbersLeftOut_TellsOfTheLossInItsPlace()
    {
        await using var server = new FakeChatD(async player =>
        {
            await player.AcceptLogInAsync();
            await SendAsync(player, 1, 4, 5);
            await player.EchoLinesAsync();
        });
        using var client = new ClientProcess("--name", "가", "--json", "--server", server.Address.ToString());
        client.Write("하나\n");

        Assert.Equal(0, await client.EndAsync());
        Assert.Equal(
            ["logged_in", "said", "events_missed", "said", "said"],
            client.Json.Where(static line => Text(line, "type") != "result").Select(static line => Text(line, "code")));
    }

    [Fact]
    public async Task Run_ServerCouldNotKeepEvents_TellsOnce()
    {
        int connections = 0;
        await using var server = new FakeChatD(async player =>
        {
            int number = Interlocked.Increment(ref connections);
            await player.AcceptLogInAsync(greeting => greeting with
            {
                ResumeWindowMs = WindowMs,
                IsResumed = number > 1,
                LastLostEventNumber = number > 1 ? 7UL : 0,
            });
            switch (number)
            {
                case 1:
                    await SendAsync(player, 1);
                    return;
                case 2:
                    // Some of those in between were kept, and the client is not told again.
                    await SendAsync(player, 4, 6);
                    return;
                default:
                    await SendAsync(player, 8, 9);
                    await player.EchoLinesAsync();
                    return;
            }
        });
        using var client = new ClientProcess("--name", "가", "--json", "--server", server.Address.ToString());
        await Eventually.TrueAsync(() => Numbers(client).Length == 5, "the events are shown");
        client.Write("하나\n");

        Assert.Equal(0, await client.EndAsync());
        Assert.Equal([1UL, 4, 6, 8, 9], Numbers(client));
        Assert.Single(Notices(client), static code => code == "events_missed");
    }

    [Fact]
    public async Task Run_NewSessionAfterALostOne_CountsFromOneAgain()
    {
        int connections = 0;
        await using var server = new FakeChatD(async player =>
        {
            int number = Interlocked.Increment(ref connections);
            await player.AcceptLogInAsync(greeting => greeting with { SessionId = number, ResumeWindowMs = WindowMs });
            await SendAsync(player, 1, 2);
            if (number > 1)
            {
                await player.EchoLinesAsync();
            }
        });
        using var client = new ClientProcess("--name", "가", "--json", "--server", server.Address.ToString());
        await Eventually.TrueAsync(() => Numbers(client).Length == 4, "the events are shown");
        client.Write("하나\n");

        Assert.Equal(0, await client.EndAsync());
        Assert.Equal([1UL, 2, 1, 2], Numbers(client));
        Assert.Equal(["logged_in", "connection_lost", "session_lost", "events_missed", "logged_in"], Notices(client));
    }

    [Fact]
    public async Task Run_ServerDoesNotNumber_ShowsAll()
    {
        await using var server = new FakeChatD(async player =>
        {
            await player.AcceptLogInAsync();
            await SendAsync(player, 0, 0, 0);
            await player.EchoLinesAsync();
        });
        using var client = new ClientProcess("--name", "가", "--json", "--server", server.Address.ToString());
        client.Write("하나\n");

        Assert.Equal(0, await client.EndAsync());
        Assert.Equal([0UL, 0, 0], Numbers(client));
        Assert.DoesNotContain("events_missed", Notices(client));
    }

    private static async Task SendAsync(FakePlayer player, params ulong[] numbers)
    {
        foreach (ulong number in numbers)
        {
            await player.SendAsync(new ServerEvent("said", $"가: {number}", ["가", $"{number}"], "map", "가", number));
        }
    }

    private static ulong[] Numbers(ClientProcess client) =>
        [.. client.Json.Where(static line => Text(line, "type") == "event").Select(static line => line.GetProperty("number").GetUInt64())];

    private static string[] Notices(ClientProcess client) =>
        [.. client.Json.Where(static line => Text(line, "type") == "notice").Select(static line => Text(line, "code"))];

    private static string Text(JsonElement line, string property) => line.GetProperty(property).GetString()!;
}
