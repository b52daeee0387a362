using ChatD.Tests.Support;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Events;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Messages.Sessions;
using Shared.Protocol.Requests;
using Shared.Protocol.Wire;
using Testing.Support.Waiting;

namespace ChatD.Tests.Gateway;

/// <summary>Which channelD a session belongs to, and what the loss of one means for those of another.</summary>
public sealed class RoutingTests
{
    [Fact]
    public async Task LogIn_ChannelWithAChannelDOfItsOwn_GoesThereAndOthersGoHome()
    {
        await using ChannelPair pair = await ChannelPair.StartAsync();
        using TestPlayer one = await pair.LogInAsync("하나", channel: 1);
        using TestPlayer two = await pair.LogInAsync("둘", channel: 2);
        using TestPlayer five = await pair.LogInAsync("다섯", channel: 5);
        Assert.True(pair.Home.Has("하나") && pair.Home.Has("다섯") && !pair.Home.Has("둘"));
        Assert.True(pair.Second.Has("둘") && !pair.Second.Has("하나"));
        await ChannelPair.AssertIsAtAsync(one, 1, 1);
        await ChannelPair.AssertIsAtAsync(two, 1, 2);
        await ChannelPair.AssertIsAtAsync(five, 1, 1);
        await two.SendAsync(default(ClientBye));
        await Eventually.TrueAsync(() => !pair.Second.Has("둘"), "its log-out goes to its own channelD");
        Assert.Equal(0, pair.Home.CountOf("out"));
    }

    [Fact]
    public async Task LogIn_ChannelDOnceSeenIsAway_IsRefusedAndNeverRunByHome()
    {
        await using ChannelPair pair = await ChannelPair.StartAsync();
        await pair.Second.DisposeAsync();
        await pair.WhenAwayAsync(2);
        using TestPlayer refused = await pair.Chat.ConnectAsync();
        await refused.LogInAsync("둘", channel: 2);
        Assert.Equal(OutcomeCodes.PeerDown, (await refused.ReadAsync<ServerRefused>()).Code);
        Assert.Equal(0, pair.Home.CountOf("in 둘"));
        using TestPlayer one = await pair.LogInAsync("하나");
        pair.Start(2);
        await pair.WhenReadyAsync(2);
        using TestPlayer two = await pair.LogInAsync("둘", channel: 2);
        await ChannelPair.AssertIsAtAsync(two, 1, 2);
    }

    [Fact]
    public async Task LogIn_AnsweredWithAChannelThatAnotherRuns_TheSessionIsBroughtThere()
    {
        await using ChannelPair pair = await ChannelPair.StartAsync();
        pair.Home.LogIn = InSecond;
        using TestPlayer one = await pair.Chat.ConnectAsync();
        await one.LogInAsync("하나", channel: 1);
        Assert.Equal(2, (await one.ReadAsync<ServerLoggedIn>()).Channel);

        await Eventually.TrueAsync(() => pair.Second.Has("하나") && !pair.Home.Has("하나"), "it is where its channel is");
        await ChannelPair.AssertIsAtAsync(one, 1, 2);
    }

    [Fact]
    public async Task Announcement_AnsweredWithAChannelThatAnotherRuns_TheSessionIsBroughtThere()
    {
        await using ChannelPair pair = await ChannelPair.StartAsync();
        using TestPlayer one = await pair.LogInAsync("하나");

        // Home has lost the session, and is told of it anew.
        pair.Home.LogIn = InSecond;
        pair.Home.Answer = _ => new ValueTask<ResultBody<CommandResult>>(new ResultBody<CommandResult>(
            ResultStatus.Error, CommonCodes.NoSession, new CommandResult("say", CommonCodes.NoSession, [], null), HasMessage: true));
        _ = await ChannelPair.AskAsync(one, 1, "hello");

        await Eventually.TrueAsync(() => pair.Second.Has("하나") && !pair.Home.Has("하나"), "it is where its channel is");
        await ChannelPair.AssertIsAtAsync(one, 2, 2);
    }

    [Fact]
    public async Task Line_ChannelDHasLostTheSession_TheChannelDIsToldOfItAndAskedAgain()
    {
        await using ChannelPair pair = await ChannelPair.StartAsync();
        using TestPlayer one = await pair.LogInAsync("하나");
        int entered = pair.Home.CountOf("in 하나");
        int refusals = 0;
        Func<string, ValueTask<ResultBody<CommandResult>>?> usual = pair.Home.Answer;
        pair.Home.Answer = line => Interlocked.Increment(ref refusals) == 1
            ? new ValueTask<ResultBody<CommandResult>>(new ResultBody<CommandResult>(
                ResultStatus.Error, CommonCodes.NoSession, new CommandResult("find", CommonCodes.NoSession, [], null), HasMessage: true))
            : usual(line);

        Assert.Equal(OutcomeKind.Ok, (await ChannelPair.AskAsync(one, 1, "/찾기 하나")).Outcome);
        Assert.Equal(entered + 1, pair.Home.CountOf("in 하나"));
        Assert.Equal(2, Volatile.Read(ref refusals));
        Assert.Equal(OutcomeKind.Ok, (await ChannelPair.AskAsync(one, 2, "/찾기 하나")).Outcome);
    }

    [Fact]
    public async Task LogIn_ChannelDHasJustStarted_WaitsUntilItIsReady()
    {
        await using ChannelPair pair = await ChannelPair.StartAsync(hasSecond: false);
        ScriptedChannel second = pair.Start(2);
        using TestPlayer two = await pair.LogInAsync("둘", channel: 2);
        Assert.True(second.Has("둘"));
        Assert.Equal(0, pair.Home.CountOf("in 둘"));
    }

    [Fact]
    public async Task ChannelD_IsReplaced_EndsAndAnnouncesItsOwnSessionsOnly()
    {
        await using ChannelPair pair = await ChannelPair.StartAsync(hasSecond: true, ("Ipc:RequestTimeoutMs", "20000"));
        using TestPlayer one = await pair.LogInAsync("하나", channel: 1);
        using TestPlayer two = await pair.LogInAsync("둘", channel: 2, key: "secret");
        var slow = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        pair.Home.RunAsync = _ => slow.Task;
        pair.Second.RunAsync = _ => new TaskCompletionSource<string>().Task;
        await one.SendAsync(new ClientLine(1, "wait"));
        await two.SendAsync(new ClientLine(1, "wait"));
        await Eventually.TrueAsync(() => pair.Home.CountOf("line wait") == 1 && pair.Second.CountOf("line wait") == 1, "both lines run");
        await pair.Second.DisposeAsync();
        ScriptedChannel next = pair.Start(2);
        ServerResult lost = await two.ReadAsync<ServerResult>();
        Assert.Equal((OutcomeKind.Unknown, OutcomeCodes.PeerLost), (lost.Outcome, lost.Code));
        await Eventually.TrueAsync(() => next.Has("둘"), "the next run is told of its session");
        Assert.Equal("secret", next.LogInOf("둘").Key);
        Assert.Equal(0, next.CountOf("in 하나"));
        Assert.Equal(1, pair.Home.CountOf("in 하나"));
        Assert.True(pair.Chat.Gateway.IsReady);
        slow.SetResult("done");
        Assert.Equal("done", (await one.ReadAsync<ServerResult>()).Text);
    }

    [Fact]
    public async Task Farewell_OfOneChannelD_LeavesTheOtherUp()
    {
        await using ChannelPair pair = await ChannelPair.StartAsync();
        using TestPlayer one = await pair.LogInAsync("하나", channel: 1);
        using TestPlayer two = await pair.LogInAsync("둘", channel: 2);
        pair.Second.SayFarewell();
        await pair.WhenAwayAsync(2);
        ServerResult refused = await ChannelPair.AskAsync(two, 1, "hello");
        Assert.Equal((OutcomeKind.Busy, OutcomeCodes.PeerDown), (refused.Outcome, refused.Code));
        await ChannelPair.AssertIsAtAsync(one, 1, 1);
    }

    [Fact]
    public async Task SessionEnded_ByItsOwner_TellsThePlayerWhyAndFreesHisName()
    {
        await using ChannelPair pair = await ChannelPair.StartAsync();
        using TestPlayer two = await pair.LogInAsync("둘", channel: 2);
        int user = pair.Second.UserOf("둘");
        pair.Home.Push(new SessionEnded(1, user, CommonCodes.NameTaken, 0xC1));
        await ChannelPair.AssertIsAtAsync(two, 1, 2);
        pair.Second.Push(new SessionEnded(1, user, CommonCodes.NameTaken, 0xC1));
        ServerRefused why = await two.ReadAsync<ServerRefused>();
        Assert.Equal((CommonCodes.NameTaken, "둘님은 이미 접속 중입니다."), (why.Code, why.Text));
        Assert.Null(await two.ReadAsync());
        await Eventually.TrueAsync(() => !pair.Second.Has("둘"), "it is logged out");
    }

    [Fact]
    public async Task Disconnect_OwnerIsDeadForGood_FreesTheNameAfterTheTimeOfARequest()
    {
        await using ChannelPair pair = await ChannelPair.StartAsync(hasSecond: true, ("Chat:ResumeWindowMs", "0"));
        using (TestPlayer two = await pair.LogInAsync("둘", channel: 2))
        {
            await pair.Second.DisposeAsync();
        }

        for (int attempt = 1; ; attempt++)
        {
            using TestPlayer again = await pair.Chat.ConnectAsync();
            await again.LogInAsync("둘", channel: 1);
            byte[]? answer = await again.ReadAsync();
            if (Shared.Protocol.Messages.MessageTypes.Peek(answer) == ServerLoggedIn.TypeNumber)
            {
                break;
            }

            Assert.True(attempt < 300, "The name was not free again.");
            await Task.Delay(50);
        }
    }

    [Fact]
    public async Task LogIn_WithAKey_HandsItOn()
    {
        await using ChannelPair pair = await ChannelPair.StartAsync();
        using TestPlayer master = await pair.LogInAsync("운영자", key: "열쇠");
        using TestPlayer player = await pair.LogInAsync("하나");
        Assert.Equal("열쇠", pair.Home.LogInOf("운영자").Key);
        Assert.Null(pair.Home.LogInOf("하나").Key);
    }

    [Fact]
    public async Task Line_AfterAWhisper_SaysFromWhomWithCommandsOnly()
    {
        await using ChannelPair pair = await ChannelPair.StartAsync();
        using TestPlayer one = await pair.LogInAsync("하나");
        ChatD.Sessions.PlayerSession? session = pair.Chat.Sessions.Find(pair.Home.UserOf("하나"));
        Assert.NotNull(session);
        await ChannelPair.AskAsync(one, 1, "/답장 네");
        session.LastWhisperFrom = "둘";
        await ChannelPair.AskAsync(one, 2, "/답장 네");
        await ChannelPair.AskAsync(one, 3, "네");
        Assert.Equal(1, pair.Home.CountOf("line /답장 네"));
        Assert.Equal(1, pair.Home.CountOf("line /답장 네 after 둘"));
        Assert.Equal(1, pair.Home.CountOf("line 네"));
    }

    [Fact]
    public async Task Move_ToAChannelWhoseOwnChannelDComesMeanwhile_TheSessionIsBroughtThere()
    {
        await using ChannelPair pair = await ChannelPair.StartAsync();
        using TestPlayer one = await pair.LogInAsync("하나", channel: 2);
        pair.Home.LogInAsync = async request =>
        {
            pair.Home.LogInAsync = null;
            _ = pair.Start(3);
            await pair.WhenReadyAsync(3);
            return ChannelPair.Welcome(request);
        };

        Assert.Equal("changed", (await ChannelPair.AskAsync(one, 1, "/채널 3")).Code);
        await Eventually.TrueAsync(() => pair.Chat.Sessions.InGame.Single().Owner?.Channel == 3, "it is where its channel is");
    }

    [Fact]
    public async Task Announcement_ThatCannotBeAnsweredYet_IsRepeatedAsOftenWhateverAsksForIt()
    {
        const int Lines = 20;
        const int Repetitions = 3;
        await using ChannelPair pair = await ChannelPair.StartAsync();
        using TestPlayer busy = await pair.LogInAsync("하나");
        using TestPlayer quiet = await pair.LogInAsync("둘");
        pair.Home.LogIn = _ => ResultBody<LogInResult>.Busy(CommonCodes.StateUnavailable);
        pair.Home.Answer = _ => new ValueTask<ResultBody<CommandResult>>(ResultBody<CommandResult>.Error(CommonCodes.NoSession));
        _ = await ChannelPair.AskAsync(quiet, 1, "/help");
        for (ulong id = 1; id <= Lines; id++)
        {
            _ = await ChannelPair.AskAsync(busy, id, "/help");
        }

        (int one, int two) = (pair.Home.CountOf("in 하나"), pair.Home.CountOf("in 둘"));
        await Eventually.TrueAsync(() => pair.Home.CountOf("in 둘") >= two + Repetitions, "the quiet one is announced again");
        Assert.InRange(pair.Home.CountOf("in 하나") - one, 1, 2 * Repetitions);
    }

    private static ResultBody<LogInResult> InSecond(LogInRequest request) =>
        ResultBody<LogInResult>.Ok(new LogInResult(request.Name, Channel: 2, request.Map));
}
