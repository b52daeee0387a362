using System.Buffers;
using System.Collections.Concurrent;
using ChatClient.Tests.Support;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;
using Testing.Support.Processes;
using Testing.Support.Waiting;

namespace ChatClient.Tests.Running;

/// <summary>A chatD that drops its connections at every point of a dialogue.</summary>
public sealed class ResumeTests
{
    private const int WindowMs = 60_000;

    [Fact]
    public async Task Run_ServerStops_LinesThatItHasNotReadAreSentToTheNextOne()
    {
        var sent = new ConcurrentQueue<(int Connection, ulong LineId, string Text)>();
        int connections = 0;
        await using var server = new FakeChatD(async player =>
        {
            int connection = Interlocked.Increment(ref connections);
            await player.AcceptLogInAsync(greeting => greeting with { ResumeWindowMs = WindowMs, SessionId = 7 + connection });
            while (await player.ReceiveAsync() == MessageTypes.ClientLine)
            {
                sent.Enqueue((connection, player.Line.LineId, player.Line.Text));
                if (connection > 1 || player.Line.LineId == 1)
                {
                    await player.AnswerAsync(player.Line, player.Line.Text);
                }
                else if (player.Line.LineId == 3)
                {
                    // As if it had not read the last two.
                    await player.SendAsync(new ServerRefused("stopping", "곧 멈춥니다.", LastReceivedLineId: 1));
                    return;
                }
            }
        });
        using var client = new ClientProcess("--name", "가", "--json", "--server", server.Address.ToString());
        client.Write("하나\n둘\n셋\n");
        await Eventually.TrueAsync(() => client.Results.Count == 3, "all lines are answered");
        client.Write("넷\n");
        Assert.Equal(0, await client.EndAsync());
        Assert.Null(server.Failure);
        Assert.Equal(["하나", "둘", "셋", "넷"], client.Results.Select(static r => r.GetProperty("line").GetString()));
        Assert.All(client.Results, static r => Assert.Equal("ok", r.GetProperty("outcome").GetString()));
        Assert.Equal([(1, 1UL, "하나"), (1, 2UL, "둘"), (1, 3UL, "셋"), (2, 1UL, "둘"), (2, 2UL, "셋"), (2, 3UL, "넷")], sent);
        Assert.Equal(["logged_in", "connection_lost", "session_lost", "events_missed", "logged_in"], Notices(client));
    }

    [Theory]
    [InlineData("before the line is read", 0, 0)]
    [InlineData("after the line was read", 1, 0)]
    [InlineData("in the length of the answer", 1, 0)]
    [InlineData("in the middle of the answer", 1, 0)]
    [InlineData("after the answer", 1, 1)]
    public async Task Run_ConnectionDropped_EachLineIsAnsweredOnce(string point, int received, int answered)
    {
        var logIns = new ConcurrentQueue<ClientLogIn>();
        var seen = new ConcurrentQueue<ulong>();
        using var isShown = new SemaphoreSlim(0);
        await using var server = new FakeChatD(async player =>
        {
            if (logIns.IsEmpty)
            {
                await player.AcceptLogInAsync(static greeting => greeting with { ResumeWindowMs = WindowMs });
                logIns.Enqueue(player.LogIn);
                await DropAsync(player, point, isShown);
                return;
            }

            await player.AcceptLogInAsync(
                greeting => greeting with { ResumeWindowMs = WindowMs, IsResumed = true, LastReceivedLineId = (ulong)received });
            logIns.Enqueue(player.LogIn);
            if (received > answered)
            {
                await player.AnswerAsync(new ClientLine(1, "하나"), "하나");
            }

            while (await player.ReceiveAsync() == MessageTypes.ClientLine)
            {
                seen.Enqueue(player.Line.LineId);
                await player.AnswerAsync(player.Line, player.Line.Text);
            }
        });
        using var client = new ClientProcess("--name", "가", "--json", "--server", server.Address.ToString());
        client.Write("하나\n");
        if (answered > 0)
        {
            await Eventually.TrueAsync(() => client.Results.Count == 1, "the answer is shown");
            isShown.Release();
        }

        await Eventually.TrueAsync(() => logIns.Count == 2, "the client has come back");
        client.Write("둘\n");

        Assert.Equal(0, await client.EndAsync());
        Assert.Null(server.Failure);
        Assert.Equal(["하나", "둘"], client.Results.Select(static r => r.GetProperty("text").GetString()));
        Assert.Equal(["하나", "둘"], client.Results.Select(static r => r.GetProperty("line").GetString()));
        Assert.Equal(["logged_in", "connection_lost", "resumed"], Notices(client));
        Assert.Equal(received == 0 ? [1UL, 2] : [2UL], seen);
        Assert.NotNull(logIns.First().ResumeToken);
        Assert.Equal(logIns.First().ResumeToken, logIns.Last().ResumeToken);
        Assert.Equal((0UL, (ulong)answered), (logIns.First().LastAnsweredLineId, logIns.Last().LastAnsweredLineId));
    }

    [Fact]
    public async Task Run_AnswerToTheLogInLost_IsRepeatedWithTheSameToken()
    {
        var tokens = new ConcurrentQueue<ResumeToken?>();
        await using var server = new FakeChatD(async player =>
        {
            if (tokens.IsEmpty)
            {
                await player.ReceiveAsync();
                tokens.Enqueue(player.LogIn.ResumeToken);
                return;
            }

            await player.AcceptLogInAsync(static greeting => greeting with { ResumeWindowMs = WindowMs, IsResumed = true });
            tokens.Enqueue(player.LogIn.ResumeToken);
            await player.EchoLinesAsync();
        });
        using var client = new ClientProcess("--name", "가", "--json", "--server", server.Address.ToString());
        client.Write("하나\n");

        Assert.Equal(0, await client.EndAsync());
        Assert.Equal(["logged_in"], Notices(client));
        Assert.Single(tokens.Distinct());
    }

    // The second case: a log-in before this one made the new session, and its answer was lost.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_SessionNotKnownAnyMore_EndsWhatWasOutstandingAndCountsFromOne(bool isRepeated)
    {
        int connections = 0;
        var seen = new ConcurrentQueue<(ulong LineId, string Text)>();
        await using var server = new FakeChatD(async player =>
        {
            bool isFirst = Interlocked.Increment(ref connections) == 1;
            await player.AcceptLogInAsync(greeting => greeting with
            {
                SessionId = isFirst ? 1 : 2,
                ResumeWindowMs = WindowMs,
                IsResumed = isRepeated && !isFirst,
            });
            if (isFirst)
            {
                await player.ReceiveAsync();
                await player.ReceiveAsync();
                return;
            }

            while (await player.ReceiveAsync() == MessageTypes.ClientLine)
            {
                seen.Enqueue((player.Line.LineId, player.Line.Text));
                await player.AnswerAsync(player.Line, player.Line.Text);
            }
        });
        using var client = new ClientProcess("--name", "가", "--json", "--server", server.Address.ToString());
        client.Write([.. "하나\n"u8, 0xFF, (byte)'\n', .. "둘\n"u8]);
        await Eventually.TrueAsync(() => client.Results.Count == 3, "the lines have ended");
        client.Write("셋\n");

        Assert.Equal(4, await client.EndAsync());
        Assert.Equal(
            ["session_lost", "invalid_utf8", "session_lost", "same_map"], client.Results.Select(static r => r.GetProperty("code").GetString()));
        Assert.Equal(["unknown", "error", "unknown", "ok"], client.Results.Select(static r => r.GetProperty("outcome").GetString()));
        Assert.Equal(["logged_in", "connection_lost", "session_lost", "events_missed", "logged_in"], Notices(client));
        Assert.Equal([(1UL, "셋")], seen);
    }

    [Fact]
    public async Task Run_ServerCouldNotKeepResults_EndsThoseUnknown()
    {
        int connections = 0;
        await using var server = new FakeChatD(async player =>
        {
            if (Interlocked.Increment(ref connections) == 1)
            {
                await player.AcceptLogInAsync(static greeting => greeting with { ResumeWindowMs = WindowMs });
                await player.ReceiveAsync();
                await player.ReceiveAsync();
                await player.ReceiveAsync();
                return;
            }

            await player.AcceptLogInAsync(
                static greeting => greeting with { ResumeWindowMs = WindowMs, IsResumed = true, LastReceivedLineId = 3, LastLostLineId = 2 });
            await player.AnswerAsync(new ClientLine(3, "셋"), "셋");
            await player.ReceiveAsync();
        });
        using var client = new ClientProcess("--name", "가", "--json", "--server", server.Address.ToString());
        client.Write("하나\n둘\n셋\n");

        Assert.Equal(4, await client.EndAsync());
        Assert.Equal(["result_lost", "result_lost", "same_map"], client.Results.Select(static r => r.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Run_NameTakenMeanwhile_EndsUnknown()
    {
        int connections = 0;
        await using var server = new FakeChatD(async player =>
        {
            if (Interlocked.Increment(ref connections) == 1)
            {
                await player.AcceptLogInAsync(static greeting => greeting with { ResumeWindowMs = WindowMs });
                await player.ReceiveAsync();
                return;
            }

            await player.ReceiveAsync();
            await player.SendAsync(new ServerRefused("name_taken", "이미 접속 중입니다."));
        });
        using var client = new ClientProcess("--name", "가", "--json", "--server", server.Address.ToString());
        client.Write("하나\n");

        Assert.Equal(4, await client.ExitAsync());
        Assert.Equal("session_lost", Assert.Single(client.Results).GetProperty("code").GetString());
        Assert.Contains("[name_taken]", client.Error, StringComparison.Ordinal);
        Assert.Equal(2, connections);
    }

    [Fact]
    public async Task Run_ServerDoesNotComeBack_GivesUpAfterTheWindow()
    {
        int connections = 0;
        await using var server = new FakeChatD(async player =>
        {
            if (Interlocked.Increment(ref connections) == 1)
            {
                await player.AcceptLogInAsync(static greeting => greeting with { ResumeWindowMs = 700 });
                await player.ReceiveAsync();
            }
        });
        using var client = new ClientProcess("--name", "가", "--json", "--server", server.Address.ToString());
        client.Write("하나\n");

        Assert.Equal(4, await client.ExitAsync());
        Assert.Equal("connection_lost", Assert.Single(client.Results).GetProperty("code").GetString());
        Assert.Contains("did not come back within", client.Error, StringComparison.Ordinal);
        Assert.True(connections > 2, $"{connections} connections");
    }

    [Fact]
    public async Task Run_EveryConnectionDroppedAtOnce_DoesNotGoOnForEver()
    {
        int connections = 0;
        await using var server = new FakeChatD(async player =>
        {
            bool isFirst = Interlocked.Increment(ref connections) == 1;
            await player.AcceptLogInAsync(greeting => greeting with { ResumeWindowMs = 3000, IsResumed = !isFirst });
        });
        using var client = new ClientProcess("--name", "가", "--json", "--server", server.Address.ToString());

        Assert.Equal(4, await client.ExitAsync());
        Assert.True(connections > 2, $"{connections} connections");
    }

    [Fact]
    public async Task Run_ServerBreaksTheProtocol_IsNotTriedAgain()
    {
        int connections = 0;
        await using var server = new FakeChatD(async player =>
        {
            Interlocked.Increment(ref connections);
            await player.AcceptLogInAsync(static greeting => greeting with { ResumeWindowMs = WindowMs });
            await player.ReceiveAsync();
            await player.SendBytesAsync([0, 0, 0, 0]);
            await player.ReceiveAsync();
        });
        using var client = new ClientProcess("--name", "가", "--json", "--server", server.Address.ToString());
        client.Write("하나\n");

        Assert.Equal(4, await client.ExitAsync());
        Assert.Equal(1, connections);
    }

    [Fact]
    public async Task Run_NoResume_EndsWithTheConnection()
    {
        ResumeToken? token = null;
        int connections = 0;
        await using var server = new FakeChatD(async player =>
        {
            Interlocked.Increment(ref connections);
            await player.AcceptLogInAsync(static greeting => greeting with { ResumeWindowMs = WindowMs });
            token = player.LogIn.ResumeToken;
            await player.ReceiveAsync();
        });
        using var client = new ClientProcess("--name", "가", "--json", "--no-resume", "--server", server.Address.ToString());
        client.Write("하나\n");

        Assert.Equal(4, await client.ExitAsync());
        Assert.Equal("connection_lost", Assert.Single(client.Results).GetProperty("code").GetString());
        Assert.Equal(1, connections);
        Assert.Null(token);
    }

    [Fact]
    public async Task Run_InputEndedBeforeTheAnswer_SaysByeBehindIt()
    {
        using var mayAnswer = new SemaphoreSlim(0);
        int farewell = 0;
        await using var server = new FakeChatD(async player =>
        {
            await player.AcceptLogInAsync(static greeting => greeting with { ResumeWindowMs = WindowMs });
            await player.ReceiveAsync();
            ClientLine line = player.Line;
            Task<int> next = player.ReceiveAsync();
            await mayAnswer.WaitAsync(player.Stop);
            Assert.False(next.IsCompleted);
            await player.AnswerAsync(line);
            farewell = await next;
        });
        using var client = new ClientProcess("--name", "가", "--json", "--server", server.Address.ToString());
        client.Write("하나\n");
        client.EndInput();
        await Task.Delay(300);
        mayAnswer.Release();

        Assert.Equal(0, await client.ExitAsync());
        Assert.Null(server.Failure);
        Assert.Equal(MessageTypes.ClientBye, farewell);
    }

    [Fact]
    public async Task Run_AnswerNeverComes_SaysByeBeforeItLeaves()
    {
        int last = 0;
        await using var server = new FakeChatD(async player =>
        {
            await player.AcceptLogInAsync(static greeting => greeting with { ResumeWindowMs = WindowMs });
            await player.ReceiveAsync();
            last = await player.ReceiveAsync();
        });
        using var client = new ClientProcess("--name", "가", "--json", "--wait", "0.5", "--server", server.Address.ToString());
        client.Write("하나\n");

        Assert.Equal(4, await client.EndAsync());
        Assert.Equal("not_answered", Assert.Single(client.Results).GetProperty("code").GetString());
        await Eventually.TrueAsync(() => last == MessageTypes.ClientBye, "the bye has come");
    }

    private static async Task DropAsync(FakePlayer player, string point, SemaphoreSlim isShown)
    {
        if (point == "before the line is read")
        {
            return;
        }

        await player.ReceiveAsync();
        var frame = new ArrayBufferWriter<byte>();
        PlayerFraming.WriteFrame(frame, new ServerResult(1, 1, "find", OutcomeKind.Ok, "same_map", "하나", []));
        int bytes = point switch
        {
            "in the length of the answer" => 2,
            "in the middle of the answer" => frame.WrittenCount / 2,
            "after the answer" => frame.WrittenCount,
            _ => 0,
        };
        if (bytes > 0)
        {
            await player.SendBytesAsync(frame.WrittenSpan[..bytes].ToArray());
        }

        if (bytes == frame.WrittenCount)
        {
            await isShown.WaitAsync(player.Stop);
        }
    }

    private static IEnumerable<string?> Notices(ClientProcess client) => client.Json
        .Where(static line => line.GetProperty("type").GetString() == "notice")
        .Select(static line => line.GetProperty("code").GetString());
}
