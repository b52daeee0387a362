using System.Diagnostics;
using ChatD.Tests.Support;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Events;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Messages.Sessions;
using Shared.Protocol.Requests;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;
using Testing.Support.Waiting;

namespace ChatD.Tests.Transfers;

/// <summary>Sessions that go from one channelD to another.</summary>
public sealed class TransferTests
{
    public enum New
    {
        Ok = 1,
        Error,
        Busy,
        Unknown,
    }

    public enum Old
    {
        Alive = 1,
        Gone,
        Replaced,
    }

    public static TheoryData<New, Old> Combinations
    {
        get
        {
            var all = new TheoryData<New, Old>();
            foreach (New atNew in Enum.GetValues<New>())
            {
                foreach (Old atOld in Enum.GetValues<Old>())
                {
                    all.Add(atNew, atOld);
                }
            }

            return all;
        }
    }

    [Fact]
    public async Task Transfer_ListenerToItsSpanThrows_FailsAndLeavesTheLinesBehindItFree()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "GameServers.ChatD",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = static span =>
            {
                if (span.OperationName == "move")
                {
                    throw new InvalidOperationException("A listener's own.");
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using ChannelPair pair = await ChannelPair.StartAsync();
        pair.Chat.Sampling.Ratio = 1;
        using TestPlayer player = await pair.LogInAsync("하나");

        Assert.Equal(CommonCodes.ChannelUnavailable, (await ChannelPair.AskAsync(player, 1, "/채널 2")).Code);
        await ChannelPair.AssertIsAtAsync(player, 2, 1);
        Assert.Equal(CommonCodes.ChannelUnavailable, (await ChannelPair.AskAsync(player, 3, "/채널 2")).Code);
        await ChannelPair.AssertIsAtAsync(player, 4, 1);
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task Transfer_WhateverBecomesOfBoth_LeavesTheSessionAtOne(New atNew, Old atOld)
    {
        await using ChannelPair pair = await ChannelPair.StartAsync();
        using TestPlayer player = await pair.LogInAsync("하나");
        int user = pair.Home.UserOf("하나");
        ScriptedChannel? nextHome = null;
        pair.Second.LogInAsync = async request =>
        {
            if (atOld != Old.Alive)
            {
                await pair.Home.DisposeAsync();
                nextHome = atOld == Old.Replaced ? pair.Start(1) : null;
            }

            switch (atNew)
            {
                case New.Ok:
                    return ChannelPair.Welcome(request);
                case New.Error:
                    return ResultBody<LogInResult>.Error(CommonCodes.NameTaken);
                case New.Busy:
                    return ResultBody<LogInResult>.Busy(CommonCodes.ChannelFull);
                default:
                    pair.Second.Place(user, request);
                    await Task.Delay(Timeout.InfiniteTimeSpan);
                    throw new InvalidOperationException();
            }
        };

        ServerResult answer = await ChannelPair.AskAsync(player, 1, "/채널 2");
        if (atNew == New.Ok)
        {
            Assert.Equal((OutcomeKind.Ok, "to 2"), (answer.Outcome, answer.Text));
            Assert.Equal((2, "헤네시스"), (pair.Second.LogInOf("하나").Channel, pair.Second.LogInOf("하나").Map));
            Assert.True(atOld != Old.Alive || !pair.Home.Has("하나"), "It is out of the old one before the player knows.");
        }
        else
        {
            Assert.Equal((OutcomeKind.Error, CommonCodes.ChannelUnavailable), (answer.Outcome, answer.Code));
            Assert.Equal("지금은 그 채널로 이동할 수 없습니다. 잠시 후 다시 시도해 주세요.", answer.Text);
        }

        // Where nobody is left to have it, it waits for the next one.
        nextHome ??= atOld == Old.Gone ? pair.Start(1) : pair.Home;
        await pair.WhenReadyAsync(1);
        (ScriptedChannel with, ScriptedChannel without) = atNew == New.Ok ? (pair.Second, nextHome) : (nextHome, pair.Second);
        await Eventually.TrueAsync(() => with.Has("하나"), "it is at the one");
        await Eventually.TrueAsync(() => !without.Has("하나"), "it is not at the other");
        await Eventually.TrueAsync(
            () => pair.Chat.Sessions.Find(user) is { } session && session.KnownTo.Count == 1, "that is known");
        Assert.True(with.Has("하나") && !without.Has("하나"));
        await pair.WhenReadyAsync(1);
        await ChannelPair.AssertIsAtAsync(player, 2, atNew == New.Ok ? 2 : 1);
        Assert.True(atNew == New.Ok || atOld != Old.Alive || pair.Home.CountOf("in 하나") >= 2, "The log-in at the old one ends the transfer there.");
    }

    [Fact]
    public async Task Lines_DuringATransfer_WaitAndGoToTheNewOneInOrder()
    {
        const int Lines = 20;
        await using ChannelPair pair = await ChannelPair.StartAsync(hasSecond: true, ("Ipc:RequestTimeoutMs", "20000"));
        using TestPlayer player = await pair.LogInAsync("하나");
        var isIn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        pair.Second.LogInAsync = async request =>
        {
            await isIn.Task;
            return ChannelPair.Welcome(request);
        };
        var order = new List<string>();
        pair.Second.RunAsync = line =>
        {
            lock (order)
            {
                order.Add(line);
                return Task.FromResult(line);
            }
        };
        await player.SendAsync(new ClientLine(1, "/채널 2"));
        await Eventually.TrueAsync(() => pair.Second.CountOf("in 하나") == 1, "it is on its way");
        for (ulong line = 2; line <= Lines; line++)
        {
            await player.SendAsync(new ClientLine(line, $"line {line}"));
        }

        using TestPlayer other = await pair.LogInAsync("둘");
        await ChannelPair.AssertIsAtAsync(other, 1, 1);
        Assert.Empty(order);
        isIn.SetResult();
        for (ulong line = 1; line <= Lines; line++)
        {
            Assert.Equal((line, OutcomeKind.Ok), await player.ReadAsync<ServerResult>() is var result ? (result.LineId, result.Outcome) : default);
        }

        Assert.Equal(Enumerable.Range(2, Lines - 1).Select(line => $"line {line}"), order);
    }

    [Fact]
    public async Task Line_RefusedBecauseItsSessionHasMoved_IsRunOnceByTheNewOne()
    {
        await using ChannelPair pair = await ChannelPair.StartAsync(hasSecond: true, ("Ipc:RequestTimeoutMs", "20000"));
        using TestPlayer player = await pair.LogInAsync("하나");
        var late = new TaskCompletionSource<ResultBody<CommandResult>>(TaskCreationOptions.RunContinuationsAsynchronously);
        Func<string, ValueTask<ResultBody<CommandResult>>?> answer = pair.Home.Answer;
        pair.Home.Answer = line => line == "late" ? new ValueTask<ResultBody<CommandResult>>(late.Task) : answer(line);
        await player.SendTogetherAsync([new ClientLine(1, "/채널 2"), new ClientLine(2, "late")]);
        await Eventually.TrueAsync(() => pair.Home.CountOf("line late") == 1 && pair.Second.Has("하나") && !pair.Home.Has("하나"), "it has moved");
        await player.SendAsync(new ClientLine(3, "hello"));
        Assert.Equal("to 2", (await player.ReadAsync<ServerResult>()).Text);
        Assert.Equal(0, pair.Second.CountOf("line hello"));
        late.SetResult(ResultBody<CommandResult>.Busy(OutcomeCodes.UnknownSession));
        Assert.Equal("2: late", (await player.ReadAsync<ServerResult>()).Text);
        Assert.Equal("2: hello", (await player.ReadAsync<ServerResult>()).Text);
        Assert.Equal(1, pair.Second.CountOf("line late"));
    }

    [Fact]
    public async Task Line_RefusedAndItsSessionHasNotMoved_IsAskedOnceMoreWhenTheSessionWasAnnounced()
    {
        await using ChannelPair pair = await ChannelPair.StartAsync();
        using TestPlayer player = await pair.LogInAsync("하나");
        pair.Home.Answer = line => pair.Home.CountOf("in 하나") == 1 || line == "no"
            ? new ValueTask<ResultBody<CommandResult>>(ResultBody<CommandResult>.Busy(OutcomeCodes.UnknownSession))
            : null;
        Assert.Equal((OutcomeKind.Ok, "1: hello"), await ChannelPair.AskAsync(player, 1, "hello") is var result ? (result.Outcome, result.Text) : default);
        Assert.Equal((2, 2), (pair.Home.CountOf("line hello"), pair.Home.CountOf("in 하나")));
        ServerResult refused = await ChannelPair.AskAsync(player, 2, "no");
        Assert.Equal((OutcomeKind.Busy, OutcomeCodes.UnknownSession), (refused.Outcome, refused.Code));
        Assert.Equal((2, 3), (pair.Home.CountOf("line no"), pair.Home.CountOf("in 하나")));
    }

    [Fact]
    public async Task Line_RefusedWhileALaterOneWasRun_IsNotAskedAgain()
    {
        await using ChannelPair pair = await ChannelPair.StartAsync(hasSecond: true, ("Ipc:RequestTimeoutMs", "20000"));
        using TestPlayer player = await pair.LogInAsync("하나");
        var late = new TaskCompletionSource<ResultBody<CommandResult>>(TaskCreationOptions.RunContinuationsAsynchronously);
        pair.Home.Answer = line => line == "late" ? new ValueTask<ResultBody<CommandResult>>(late.Task) : null;
        await player.SendAsync(new ClientLine(1, "late"));
        await player.SendAsync(new ClientLine(2, "hello"));
        await Eventually.TrueAsync(
            () => pair.Chat.Sessions.Find(pair.Home.UserOf("하나")) is { } session && session.Moves.IsOvertaken(1), "the later one has been run");
        late.SetResult(ResultBody<CommandResult>.Busy(OutcomeCodes.UnknownSession));
        Assert.Equal(OutcomeKind.Busy, (await player.ReadAsync<ServerResult>()).Outcome);
        Assert.Equal("1: hello", (await player.ReadAsync<ServerResult>()).Text);
        Assert.Equal(1, pair.Home.CountOf("line late"));
    }

    [Fact]
    public async Task Transfer_AndBack_IsLikeTheFirst()
    {
        await using ChannelPair pair = await ChannelPair.StartAsync();
        using TestPlayer player = await pair.LogInAsync("하나");
        for (ulong round = 0; round < 5; round++)
        {
            Assert.Equal(OutcomeKind.Ok, (await ChannelPair.AskAsync(player, (4 * round) + 1, "/채널 2")).Outcome);
            await ChannelPair.AssertIsAtAsync(player, (4 * round) + 2, 2);
            Assert.Equal(OutcomeKind.Ok, (await ChannelPair.AskAsync(player, (4 * round) + 3, "/채널 1")).Outcome);
            await ChannelPair.AssertIsAtAsync(player, (4 * round) + 4, 1);
        }

        Assert.True(pair.Home.Has("하나") && !pair.Second.Has("하나"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Transfer_ChannelThatHomeRunsToo_IsAsHomeSays(bool isMoved)
    {
        await using ChannelPair pair = await ChannelPair.StartAsync(hasSecond: false);
        using TestPlayer player = await pair.LogInAsync("하나");
        pair.Home.LogIn = request => ChannelPair.Welcome(request with { Channel = isMoved ? request.Channel : 1 });
        ServerResult result = await ChannelPair.AskAsync(player, 1, "/채널 7");
        Assert.Equal(isMoved ? OutcomeKind.Ok : OutcomeKind.Error, result.Outcome);
        await ChannelPair.AssertIsAtAsync(player, 2, 1);
        ChatD.Sessions.PlayerSession? session = pair.Chat.Sessions.Find(pair.Home.UserOf("하나"));
        Assert.NotNull(session);
        Assert.Equal(isMoved ? 7 : 1, session.Channel);
    }

    [Fact]
    public async Task Resume_AfterATransfer_SaysWhereTheSessionIs()
    {
        await using ChannelPair pair = await ChannelPair.StartAsync();
        ResumeToken token = Token();
        using (TestPlayer first = await pair.LogInAsync("하나", token: token))
        {
            Assert.Equal(OutcomeKind.Ok, (await ChannelPair.AskAsync(first, 1, "/채널 2")).Outcome);
        }

        using TestPlayer again = await pair.Chat.ConnectAsync();
        await again.LogInAsync("하나", channel: 1, token);
        ServerLoggedIn loggedIn = await again.ReadAsync<ServerLoggedIn>();
        Assert.Equal((true, 2, "헤네시스"), (loggedIn.IsResumed, loggedIn.Channel, loggedIn.Map));
        while (await again.ReadAsync() is { } kept && Shared.Protocol.Messages.MessageTypes.Peek(kept) != ServerResult.TypeNumber)
        {
        }

        await ChannelPair.AssertIsAtAsync(again, 2, 2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Transfer_ThePlayerGoesMeanwhile_EndsTheSessionEverywhere(bool isRefused)
    {
        await using ChannelPair pair = await ChannelPair.StartAsync(hasSecond: true, ("Ipc:RequestTimeoutMs", "20000"), ("Chat:ResumeWindowMs", "0"));
        var isIn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        pair.Second.LogInAsync = async request =>
        {
            await isIn.Task;
            return isRefused ? ResultBody<LogInResult>.Busy(CommonCodes.ChannelFull) : ChannelPair.Welcome(request);
        };
        int user;
        using (TestPlayer player = await pair.LogInAsync("하나"))
        {
            user = pair.Home.UserOf("하나");
            await player.SendAsync(new ClientLine(1, "/채널 2"));
            await Eventually.TrueAsync(() => pair.Second.CountOf("in 하나") == 1, "it is on its way");
        }

        await Eventually.TrueAsync(
            () => pair.Chat.Sessions.Find(user) is { } session && session.Moves.HasEnded, "the session ends");
        isIn.SetResult();
        await Eventually.TrueAsync(() => pair.Chat.Sessions.Find(user) is null, "its name is free");
        Assert.False(pair.Home.Has("하나"));
        Assert.False(pair.Second.Has("하나"));
    }

    [Fact]
    public async Task Transfer_TheNewOneEndsTheSessionAtOnce_TheSessionIsLost()
    {
        await using ChannelPair pair = await ChannelPair.StartAsync();
        using TestPlayer player = await pair.LogInAsync("하나");
        int user = pair.Home.UserOf("하나");
        pair.Second.LogInAsync = request =>
        {
            pair.Second.Push(new SessionEnded(1, user, CommonCodes.NameTaken, 0xC1));
            return Task.FromResult(ChannelPair.Welcome(request));
        };
        await player.SendAsync(new ClientLine(1, "/채널 2"));
        byte[]? frame;
        do
        {
            frame = await player.ReadAsync();
        }
        while (Shared.Protocol.Messages.MessageTypes.Peek(frame) == ServerResult.TypeNumber);
        Assert.Equal(CommonCodes.NameTaken, PlayerFraming.ReadMessage<ServerRefused>(frame!).Code);
        await Eventually.TrueAsync(() => !pair.Home.Has("하나") && !pair.Second.Has("하나"), "it is nowhere");
    }

    [Fact]
    public async Task ChatD_StopsDuringATransfer_DoesNotWaitForIt()
    {
        await using ChannelPair pair = await ChannelPair.StartAsync(hasSecond: true, ("Ipc:RequestTimeoutMs", "20000"));
        using TestPlayer player = await pair.LogInAsync("하나");
        pair.Second.LogInAsync = async _ =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan);
            throw new InvalidOperationException();
        };
        await player.SendAsync(new ClientLine(1, "/채널 2"));
        await Eventually.TrueAsync(() => pair.Second.CountOf("in 하나") == 1, "it is on its way");
        await pair.Chat.StopAsync().WaitAsync(TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task ChannelD_ComesUp_GetsTheSessionsOfItsChannelFromHome()
    {
        const int Players = 30;
        await using ChannelPair pair = await ChannelPair.StartAsync(hasSecond: false);
        var players = new List<TestPlayer>();
        for (int i = 0; i < Players; i++)
        {
            players.Add(await pair.LogInAsync($"용사{i}", channel: i % 2 == 0 ? 2 : 3));
        }

        // Home knows better where they stand than their log-ins do.
        pair.Home.LogIn = request => ChannelPair.Welcome(request with { Map = "페리온" });
        bool wasRefused = false;
        ScriptedChannel second = pair.Start(2);
        second.LogIn = request =>
        {
            bool isFirst = !wasRefused && request.Name == "용사4";
            wasRefused |= isFirst;
            return isFirst ? ResultBody<LogInResult>.Busy(CommonCodes.ChannelFull) : ChannelPair.Welcome(request);
        };
        for (int i = 0; i < Players; i++)
        {
            (ScriptedChannel with, ScriptedChannel without) = i % 2 == 0 ? (second, pair.Home) : (pair.Home, second);
            await Eventually.TrueAsync(() => with.Has($"용사{i}") && !without.Has($"용사{i}"), $"player {i} is where he belongs");
            await ChannelPair.AssertIsAtAsync(players[i], 1, i % 2 == 0 ? 2 : 1);
            Assert.True(i % 2 != 0 || second.LogInOf($"용사{i}").Map == "페리온");
        }

        Assert.True(wasRefused);
        players.ForEach(player => player.Dispose());
    }

    private static ResumeToken Token()
    {
        var reader = new MessagePackReader([0xc4, ResumeToken.Bytes, .. Enumerable.Range(1, ResumeToken.Bytes).Select(i => (byte)i)]);
        return ResumeToken.Read(ref reader)!;
    }
}
