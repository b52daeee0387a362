using System.Tests.Support;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;
using Testing.Support.Waiting;

namespace System.Tests.Resuming;

/// <summary>When a session is resumed, and when not.</summary>
public sealed class ResumeTests(SharedPair shared) : IClassFixture<SharedPair>
{
    private readonly ServerPair _pair = shared.Pair;

    [Fact]
    public async Task Resume_AfterALoss_SendsTheAnswersThatAreOutstanding()
    {
        var token = ResumeToken.Create();
        using (var first = new RawPlayer(_pair))
        {
            ServerLoggedIn fresh = await LogInAsync(first, "이어하기", token);
            Assert.Equal((60_000, false, 0UL, 0UL), (fresh.ResumeWindowMs, fresh.IsResumed, fresh.LastReceivedLineId, fresh.LastLostLineId));
            Assert.Equal(1UL, (await first.AskAsync(1, "/find 갑")).LineId);
            _ = await first.AskAsync(2, "/find 을");
        }

        // Line 2 was answered, but that is what the client is not sure of.
        using var second = new RawPlayer(_pair);
        ServerLoggedIn resumed = await LogInAsync(second, "이어하기", token, lastAnswered: 1);
        Assert.Equal((true, 2UL, 0UL), (resumed.IsResumed, resumed.LastReceivedLineId, resumed.LastLostLineId));
        Assert.Equal((2UL, OutcomeKind.Ok), Of(await second.ReadAsync<ServerResult>()));
        Assert.Equal(3UL, (await second.AskAsync(3, "/find 병")).LineId);
    }

    [Fact]
    public async Task Resume_OldConnectionStillLives_TakesItOver()
    {
        var token = ResumeToken.Create();
        using var first = new RawPlayer(_pair);
        ServerLoggedIn fresh = await LogInAsync(first, "넘겨받기", token);
        using var second = new RawPlayer(_pair);
        ServerLoggedIn resumed = await LogInAsync(second, "넘겨받기", token);
        Assert.True(resumed.IsResumed);
        Assert.Equal(fresh.SessionId, resumed.SessionId);
        Assert.Equal("taken_over", (await first.ReadRefusalAsync()).Code);
        Assert.Equal(1UL, (await second.AskAsync(1, "/find 갑")).LineId);
    }

    [Fact]
    public async Task LogIn_DetachedNameWithAnotherTokenOrNone_IsRefused()
    {
        var token = ResumeToken.Create();
        var other = ResumeToken.Create();
        using (var first = new RawPlayer(_pair))
        {
            await LogInAsync(first, "내이름", token);
        }

        using var neighbour = new RawPlayer(_pair);
        await LogInAsync(neighbour, "옆사람", other);
        foreach (ResumeToken? wrong in (ResumeToken?[])[null, ResumeToken.Create(), other])
        {
            using var thief = new RawPlayer(_pair);
            await thief.SendAsync(RawPlayer.LogInOf("내이름") with { ResumeToken = wrong });
            Assert.Equal("name_taken", (await thief.ReadRefusalAsync()).Code);
        }

        using var owner = new RawPlayer(_pair);
        Assert.True((await LogInAsync(owner, "내이름", token)).IsResumed);
    }

    [Fact]
    public async Task Resume_TokenUnderAnotherName_IsAFreshLogIn()
    {
        var token = ResumeToken.Create();
        using var first = new RawPlayer(_pair);
        await LogInAsync(first, "첫이름", token);
        using var second = new RawPlayer(_pair);
        Assert.False((await LogInAsync(second, "둘째이름", token)).IsResumed);
        Assert.Equal(1UL, (await first.AskAsync(1, "/find 갑")).LineId);
    }

    [Fact]
    public async Task Resume_AfterABye_IsAFreshLogIn()
    {
        var token = ResumeToken.Create();
        using (var first = new RawPlayer(_pair))
        {
            await LogInAsync(first, "잘가요", token);
            await first.SendAsync(default(ClientBye));
            Assert.Null(await first.ReadPayloadAsync());
        }

        Assert.False((await LogInPatientlyAsync("잘가요", token)).IsResumed);
    }

    [Theory]
    [InlineData(0, "bad_frame")]
    [InlineData(2, "bad_frame")]
    public async Task Resume_AfterALineOutOfTurn_IsAFreshLogIn(ulong lineId, string code)
    {
        var token = ResumeToken.Create();
        string name = $"순서{lineId}";
        using (var first = new RawPlayer(_pair))
        {
            await LogInAsync(first, name, token);
            await first.SendAsync(new ClientLine(lineId, "/find 갑"));
            Assert.Equal(code, (await first.ReadRefusalAsync()).Code);
        }

        Assert.False((await LogInPatientlyAsync(name, token)).IsResumed);
    }

    [Fact]
    public async Task LogIn_WithoutAToken_EndsWithItsConnection()
    {
        using (var first = new RawPlayer(_pair))
        {
            Assert.Equal(0, (await first.LogInAsync("뜨내기")).ResumeWindowMs);
        }

        Assert.False((await LogInPatientlyAsync("뜨내기", null)).IsResumed);
    }

    [Fact]
    public async Task Resume_AfterTheWindow_IsAFreshLogInAndThePlaceWasTakenUntilThen()
    {
        using var pair = new ServerPair();
        await pair.StartBothAsync(chat: ["--Chat:ResumeWindowMs=1500", "--Chat:MaxPlayers=1"]);
        var token = ResumeToken.Create();
        using (var first = new RawPlayer(pair))
        {
            await LogInAsync(first, "늦은이", token);
        }

        using (var other = new RawPlayer(pair))
        {
            await other.SendAsync(RawPlayer.LogInOf("다른이"));
            Assert.Equal("server_full", (await other.ReadRefusalAsync()).Code);
        }

        _ = await LogInPatientlyAsync("다른이", null, pair);
        Assert.False((await LogInPatientlyAsync("늦은이", token, pair)).IsResumed);
        await pair.StopCleanlyAsync();
    }

    [Fact]
    public async Task LogIn_ResumingSwitchedOff_EndsWithItsConnection()
    {
        using var pair = new ServerPair();
        await pair.StartBothAsync(chat: ["--Chat:ResumeWindowMs=0"]);
        var token = ResumeToken.Create();
        using (var first = new RawPlayer(pair))
        {
            Assert.Equal(0, (await LogInAsync(first, "하루살이", token)).ResumeWindowMs);
        }

        Assert.False((await LogInPatientlyAsync("하루살이", token, pair)).IsResumed);
        await pair.StopCleanlyAsync();
    }

    [Fact]
    public async Task Stop_WithADetachedSession_IsClean()
    {
        using ServerPair pair = await ServerPair.StartAsync();
        using (var first = new RawPlayer(pair))
        {
            await LogInAsync(first, "남은이", ResumeToken.Create());
        }

        await pair.StopCleanlyAsync();
    }

    private static (ulong LineId, OutcomeKind Outcome) Of(in ServerResult result) => (result.LineId, result.Outcome);

    private static async Task<ServerLoggedIn> LogInAsync(RawPlayer player, string name, ResumeToken? token, ulong lastAnswered = 0)
    {
        await player.SendAsync(RawPlayer.LogInOf(name) with { ResumeToken = token, LastAnsweredLineId = lastAnswered });
        return await player.ReadAsync<ServerLoggedIn>();
    }

    // A session that has ended keeps its name until the channel knows, and one that is detached until its window is over.
    private async Task<ServerLoggedIn> LogInPatientlyAsync(string name, ResumeToken? token, ServerPair? pair = null)
    {
        using var deadline = new CancellationTokenSource(Eventually.DefaultDeadline);
        while (true)
        {
            using var player = new RawPlayer(pair ?? _pair);
            await player.SendAsync(RawPlayer.LogInOf(name) with { ResumeToken = token });
            byte[]? answer = await player.ReadPayloadAsync();
            if (answer is not null && MessageTypes.Peek(answer) == MessageTypes.ServerLoggedIn)
            {
                return PlayerFraming.ReadMessage<ServerLoggedIn>(answer);
            }

            await Task.Delay(20, deadline.Token);
        }
    }
}
