using ChatD.Tests.Support;
using Shared.Protocol.Messages.Events;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Messages.Sessions;
using Shared.Protocol.Wire;
using Testing.Support.Waiting;

namespace ChatD.Tests.Events;

/// <summary>From a channel to players on a chatD as it runs.</summary>
public sealed class ShownEventsTests
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Say_ToPlayersOfAMap_IsShownToThem()
    {
        await using RunningChat chat = await RunningChat.StartAsync();
        await using var channel = new ScriptedChannel(chat.Bus, 0xD1);
        await chat.WhenReadyAsync();
        using TestPlayer one = await LogInAsync(chat, "하나");
        using TestPlayer two = await LogInAsync(chat, "둘");
        channel.Say("안녕", "하나");
        channel.Say("모두", []);
        Assert.Equal(("가: 안녕", "map", "가", 1UL), Parts(await one.ReadAsync<ServerEvent>()));
        Assert.Equal(("가: 모두", "map", "가", 2UL), Parts(await one.ReadAsync<ServerEvent>()));
        Assert.Equal(("가: 모두", "map", "가", 1UL), Parts(await two.ReadAsync<ServerEvent>()));
    }

    [Fact]
    public async Task Resume_AfterALoss_GetsTheResultsAndThenTheEventsThatWereMissed()
    {
        await using RunningChat chat = await RunningChat.StartAsync();
        await using var channel = new ScriptedChannel(chat.Bus, 0xD1);
        var later = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        channel.RunAsync = _ => later.Task;
        await chat.WhenReadyAsync();
        ResumeToken token = ResumeToken.Create();
        using (TestPlayer first = await chat.ConnectAsync())
        {
            _ = await first.LogInAsync("하나", token);
            channel.Say("1", "하나");
            Assert.Equal(1UL, (await first.ReadAsync<ServerEvent>()).Number);
            await first.SendAsync(new ClientLine(1, "/wait"));
            await Eventually.TrueAsync(() => channel.CountOf("line /wait") == 1, "the line runs");
        }

        channel.Say("2", "하나");
        channel.Say("3", "하나");
        later.SetResult("done");
        await Eventually.TrueAsync(() => chat.Bus.AttachedCount > 0 && channel.CountOf("out") == 0, "the session is kept");
        using TestPlayer second = await chat.ConnectAsync();
        ServerLoggedIn greeting = await second.LogInAsync("하나", token, lastEventNumber: 1);
        Assert.Equal((true, 0UL), (greeting.IsResumed, greeting.LastLostEventNumber));
        var came = new List<string>();
        while (came.Count < 3)
        {
            byte[] payload = await second.ReadAsync() ?? throw new InvalidOperationException("The connection has ended.");
            came.Add(Shared.Protocol.Messages.MessageTypes.Peek(payload) == ServerResult.TypeNumber
                ? PlayerFraming.ReadMessage<ServerResult>(payload).Text
                : PlayerFraming.ReadMessage<ServerEvent>(payload).Arguments[1]);
        }

        Assert.Equal(["2", "3"], came.Where(one => one != "done"));
        Assert.Contains("done", came);
        channel.Say("4", "하나");
        Assert.Equal(4UL, (await second.ReadAsync<ServerEvent>()).Number);
    }

    [Fact]
    public async Task Whisper_ToADetachedSession_IsTakenAndShownWhenItIsBack()
    {
        await using RunningChat chat = await RunningChat.StartAsync();
        await using var channel = new ScriptedChannel(chat.Bus, 0xD1);
        await chat.WhenReadyAsync();
        ResumeToken token = ResumeToken.Create();
        using (TestPlayer first = await chat.ConnectAsync())
        {
            _ = await first.LogInAsync("하나", token);
        }

        channel.Push(new GameEvent(0, 7, Rooms.Whisper, "say", "said", ["나", "hi"], "나", EventAudience.Sessions, channel.UserIds(["하나"]), 0));
        using TestPlayer second = await chat.ConnectAsync();
        _ = await second.LogInAsync("하나", token);
        Assert.Equal("whisper", (await second.ReadAsync<ServerEvent>()).Room);
        await second.SendAsync(new ClientLine(1, "/reply"));
        _ = await second.ReadAsync<ServerResult>();
        Assert.Equal("나", channel.LastWhisperFrom);
    }

    [Fact]
    public async Task BlockedAtLogIn_IsNotShown()
    {
        await using RunningChat chat = await RunningChat.StartAsync();
        await using var channel = new ScriptedChannel(chat.Bus, 0xD1)
        {
            LogIn = request => ResultBody<LogInResult>.Ok(new LogInResult(request.Name, request.Channel, request.Map, ["가"])),
        };
        await chat.WhenReadyAsync();
        using TestPlayer one = await LogInAsync(chat, "하나");
        channel.Say("blocked", "하나");
        channel.Block("하나");
        channel.Say("shown", "하나");
        Assert.Equal("가: shown", (await one.ReadAsync<ServerEvent>()).Text);
    }

    [Fact]
    public async Task EventsLost_OnTheWay_ThePlayerIsTold()
    {
        await using RunningChat chat = await RunningChat.StartAsync();
        await using var channel = new ScriptedChannel(chat.Bus, 0xD1);
        await chat.WhenReadyAsync();
        using TestPlayer one = await LogInAsync(chat, "하나");
        channel.Say("1", "하나");
        channel.Lose(3);
        channel.Say("5", "하나");
        Assert.Equal("said", (await one.ReadAsync<ServerEvent>()).Code);
        Assert.Equal("events_missed", (await one.ReadAsync<ServerEvent>()).Code);
        Assert.Equal("said", (await one.ReadAsync<ServerEvent>()).Code);
    }

    [Fact]
    public async Task ChannelReplaced_ThePlayersAreTold()
    {
        await using RunningChat chat = await RunningChat.StartAsync();
        var first = new ScriptedChannel(chat.Bus, 0xD1);
        await chat.WhenReadyAsync();
        using TestPlayer one = await LogInAsync(chat, "하나");
        first.Say("1", "하나");
        _ = await one.ReadAsync<ServerEvent>();
        await first.DisposeAsync();
        await using var next = new ScriptedChannel(chat.Bus, 0xD2);
        ServerEvent mark = await one.ReadAsync<ServerEvent>();
        Assert.Equal(("events_missed", 2UL), (mark.Code, mark.Number));
        await Eventually.TrueAsync(() => chat.Gateway.IsReady, "the next channel is ready", s_deadline);
        next.Say("2", "하나");
        Assert.Equal(("가: 2", "map", "가", 3UL), Parts(await one.ReadAsync<ServerEvent>()));
    }

    [Fact]
    public async Task End_FromTheChannel_EndsTheConnection()
    {
        await using RunningChat chat = await RunningChat.StartAsync();
        await using var channel = new ScriptedChannel(chat.Bus, 0xD1);
        await chat.WhenReadyAsync();
        using TestPlayer one = await LogInAsync(chat, "하나");
        channel.End("하나");
        _ = await one.ReadAsync<ServerRefused>();
        Assert.Null(await one.ReadAsync());
    }

    [Fact]
    public async Task OnePlayerDoesNotRead_TheOthersAreNotHeldUp()
    {
        await using RunningChat chat = await RunningChat.StartAsync(("Chat:MaxBufferedBytesPerPlayer", "8192"), ("Chat:ResumeWindowMs", "0"));
        await using var channel = new ScriptedChannel(chat.Bus, 0xD1);
        await chat.WhenReadyAsync();
        using TestPlayer deaf = await chat.ConnectAsync();
        deaf.Socket.ReceiveBufferSize = 1;
        await deaf.LogInAsync("귀머거리");
        using TestPlayer other = await LogInAsync(chat, "둘");
        await Eventually.TrueAsync(() => channel.CountOf("in 귀머거리") == 1, "he is in");
        string text = new('x', 400);
        ulong number = 0;
        while (channel.CountOf("out") == 0)
        {
            // More than sockets and buffers take: he is cut off before.
            Assert.True(++number < 100_000);
            channel.Say(text, "귀머거리");
            channel.Say(text, "둘");
            Assert.Equal(number, (await other.ReadAsync<ServerEvent>()).Number);
        }
    }

    private static (string Text, string Room, string Sender, ulong Number) Parts(ServerEvent shown) =>
        (shown.Text, shown.Room, shown.Sender, shown.Number);

    private static async Task<TestPlayer> LogInAsync(RunningChat chat, string name)
    {
        TestPlayer player = await chat.ConnectAsync();
        await player.LogInAsync(name);
        await player.ReadAsync<ServerLoggedIn>();
        return player;
    }
}
