using System.Net.Sockets;
using ChatD.Tests.Support;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Messages.Sessions;
using Shared.Protocol.Requests;
using Shared.Protocol.Wire;
using Testing.Support.Waiting;

namespace ChatD.Tests.Connections;

/// <summary>Players on a chatD as it runs.</summary>
public sealed class PlayerConnectionTests
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Line_OfAPlayer_IsAnswered()
    {
        await using RunningChat chat = await RunningChat.StartAsync();
        await using var channel = new ScriptedChannel(chat.Bus, 0xD1);
        await chat.WhenReadyAsync();
        using TestPlayer player = await LogInAsync(chat, "하나");
        await player.SendAsync(new ClientLine(5, "안녕"));
        ServerResult result = await player.ReadAsync<ServerResult>();
        Assert.Equal((5UL, OutcomeKind.Ok, "안녕"), (result.LineId, result.Outcome, result.Text));
    }

    [Fact]
    public async Task Lines_SentTogether_GoOnTogetherAndAreAnsweredInTheirOrder()
    {
        const int Lines = 150;
        await using RunningChat chat = await RunningChat.StartAsync();
        await using var channel = new ScriptedChannel(chat.Bus, 0xD1);
        await chat.WhenReadyAsync();
        using TestPlayer player = await LogInAsync(chat, "하나");
        ulong[] lineIds = [.. Enumerable.Range(5, Lines).Select(id => (ulong)id)];
        await player.SendTogetherAsync(lineIds.Select(id => new ClientLine(id, $"말 {id}")));
        foreach (ulong id in lineIds)
        {
            ServerResult result = await player.ReadAsync<ServerResult>();
            Assert.Equal((id, OutcomeKind.Ok, $"말 {id}"), (result.LineId, result.Outcome, result.Text));
        }

        Assert.InRange(channel.Statistics.Batched, 2, Lines);
        Assert.InRange(channel.Statistics.Batches, 1, channel.Statistics.Batched / 2);
    }

    [Fact]
    public async Task Disconnect_WithALineUnderWay_EndsTheSessionAndFreesItsName()
    {
        await using RunningChat chat = await RunningChat.StartAsync();
        await using var channel = new ScriptedChannel(chat.Bus, 0xD1);
        var never = new TaskCompletionSource<string>();
        channel.RunAsync = _ => never.Task;
        await chat.WhenReadyAsync();
        using (TestPlayer player = await LogInAsync(chat, "하나"))
        {
            await player.SendAsync(new ClientLine(1, "/wait"));
            await Eventually.TrueAsync(() => channel.CountOf("line /wait") == 1, "the line runs");
        }

        await Eventually.TrueAsync(() => channel.CountOf("out") > 0, "the session is logged out", s_deadline);
        never.SetResult("late");
        using TestPlayer again = await ReconnectAsync(chat, "하나");
    }

    [Fact]
    public async Task Bye_AndTheSendingSideShut_IsAnsweredAllTheSame()
    {
        await using RunningChat chat = await RunningChat.StartAsync();
        await using var channel = new ScriptedChannel(chat.Bus, 0xD1);
        var later = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        channel.RunAsync = _ => later.Task;
        await chat.WhenReadyAsync();
        using TestPlayer player = await LogInAsync(chat, "하나");
        await player.SendAsync(new ClientLine(1, "/last"));
        await player.SendAsync(default(ClientBye));
        player.Socket.Shutdown(SocketShutdown.Send);
        await Eventually.TrueAsync(() => channel.CountOf("line /last") == 1, "the line runs");

        // The end of the client's stream reaches chatD at about the time of the line; the answer comes clearly after it.
        await Task.Delay(300);
        later.SetResult("done");
        ServerResult result = await player.ReadAsync<ServerResult>();
        Assert.Equal((1UL, "done"), (result.LineId, result.Text));
        Assert.Null(await player.ReadAsync());
    }

    [Theory]
    [InlineData("1")]
    [InlineData("64")]
    public async Task Player_ReadsLate_IsHeldBackAndGetsAll(string maxInFlight)
    {
        const int Lines = 200;
        string longText = new('가', 8000);
        await using RunningChat chat = await RunningChat.StartAsync(("Chat:MaxInFlightPerPlayer", maxInFlight), ("Chat:MaxBufferedBytesPerPlayer", "65536"));
        await using var channel = new ScriptedChannel(chat.Bus, 0xD1);
        channel.RunAsync = line => Task.FromResult(line == "long" ? longText : line);
        await chat.WhenReadyAsync();
        using TestPlayer late = await LogInAsync(chat, "하나");
        using TestPlayer other = await LogInAsync(chat, "둘");
        for (ulong line = 1; line <= Lines; line++)
        {
            await late.SendAsync(new ClientLine(line, "long"));
        }

        // More than his socket takes; the other's answers show how long that is.
        await Eventually.TrueAsync(() => channel.CountOf("line long") >= 8, "the first lines ran");
        for (ulong line = 1; line <= 100; line++)
        {
            await other.SendAsync(new ClientLine(line, "short"));
            Assert.Equal(line, (await other.ReadAsync<ServerResult>()).LineId);
        }

        Assert.InRange(channel.CountOf("line long"), 8, Lines - 1);
        for (ulong line = 1; line <= Lines; line++)
        {
            Assert.Equal((line, longText), await late.ReadAsync<ServerResult>() is var result ? (result.LineId, result.Text) : default);
        }
    }

    [Fact]
    public async Task Player_NeverReads_IsCutOffAfterTheWriteTimeout()
    {
        await using RunningChat chat = await RunningChat.StartAsync(
            ("Chat:MaxInFlightPerPlayer", "1"), ("Chat:WriteTimeoutMs", "200"), ("Chat:ResumeWindowMs", "0"));
        await using var channel = new ScriptedChannel(chat.Bus, 0xD1);
        channel.RunAsync = _ => Task.FromResult(new string('가', 8000));
        await chat.WhenReadyAsync();
        using TestPlayer stuck = await LogInAsync(chat, "하나");
        try
        {
            for (ulong line = 1; line <= 200; line++)
            {
                await stuck.SendAsync(new ClientLine(line, "long"));
            }
        }
        catch (SocketException)
        {
            // Cut off already.
        }

        await Eventually.TrueAsync(() => channel.CountOf("out") == 1, "the session has ended", s_deadline);
        Assert.InRange(channel.CountOf("line long"), 8, 199);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(200)]
    public async Task Stop_WithAPlayerWhoNeverReads_DoesNotWaitForHim(int lines)
    {
        await using RunningChat chat = await RunningChat.StartAsync(("Chat:MaxInFlightPerPlayer", "1"));
        await using var channel = new ScriptedChannel(chat.Bus, 0xD1);
        channel.RunAsync = _ => Task.FromResult(new string('가', 8000));
        await chat.WhenReadyAsync();
        using TestPlayer deaf = await chat.ConnectAsync();
        deaf.Socket.ReceiveBufferSize = 1;
        await deaf.LogInAsync("하나");
        for (ulong line = 1; line <= (ulong)lines; line++)
        {
            await deaf.SendAsync(new ClientLine(line, "long"));
        }

        await Eventually.TrueAsync(() => channel.CountOf("line long") >= Math.Min(lines, 8), "his lines are run", s_deadline);
        await chat.StopAsync().WaitAsync(s_deadline);
    }

    [Fact]
    public async Task Refused_ClientSendsOn_ReadsWhyAndThenTheEnd()
    {
        await using RunningChat chat = await RunningChat.StartAsync();
        await using var channel = new ScriptedChannel(chat.Bus, 0xD1);
        await chat.WhenReadyAsync();
        using TestPlayer player = await chat.ConnectAsync();
        await player.LogInAsync("\u3164");
        await Eventually.TrueAsync(() => player.Socket.Available > 0, "the refusal has arrived");
        for (ulong line = 1; line <= 3; line++)
        {
            await player.SendAsync(new ClientLine(line, "안녕"));
            await Task.Delay(50);
        }

        await player.ReadAsync<ServerRefused>();
        Assert.Null(await player.ReadAsync());
    }

    [Fact]
    public async Task Result_LargerThanThePlayersBuffer_ReachesAPlayerWhoReads()
    {
        await using RunningChat chat = await RunningChat.StartAsync(("Chat:MaxBufferedBytesPerPlayer", "8192"));
        await using var channel = new ScriptedChannel(chat.Bus, 0xD1);
        string large = new('가', 20_000);
        channel.RunAsync = _ => Task.FromResult(large);
        await chat.WhenReadyAsync();
        using TestPlayer player = await LogInAsync(chat, "하나");
        await player.SendAsync(new ClientLine(1, "/large"));
        ServerResult result = await player.ReadAsync<ServerResult>();
        Assert.Equal(large, result.Text);
    }

    [Fact]
    public async Task Stop_WhileTheChannelIsGone_DoesNotWaitForIt()
    {
        await using RunningChat chat = await RunningChat.StartAsync();
        var channel = new ScriptedChannel(chat.Bus, 0xD1);
        await chat.WhenReadyAsync();
        using TestPlayer player = await LogInAsync(chat, "하나");
        await channel.DisposeAsync();
        Task stopped = chat.StopAsync();
        await player.ReadAsync<ServerRefused>();
        Assert.Null(await player.ReadAsync());
        await stopped.WaitAsync(s_deadline);
    }

    [Fact]
    public async Task Disconnect_ChannelReplacedBeforeItsLogOut_TheNextChannelIsToldToo()
    {
        await using RunningChat chat = await RunningChat.StartAsync();
        var first = new ScriptedChannel(chat.Bus, 0xD1) { LogOut = () => ResultBody<LogOutResult>.Busy(OutcomeCodes.Overloaded) };
        await chat.WhenReadyAsync();
        using (TestPlayer player = await LogInAsync(chat, "하나"))
        {
        }

        await Eventually.TrueAsync(() => first.CountOf("out") > 0, "the log-out was tried");
        await first.DisposeAsync();

        // The log-in may have been read from the queue by this one: else a character without a player stays in its game.
        await using var next = new ScriptedChannel(chat.Bus, 0xD2);
        await Eventually.TrueAsync(() => next.CountOf("out") > 0, "the next channel is told", s_deadline);
    }

    [Fact]
    public async Task Announce_OneSessionDoesNotFitTheNewChannel_TheOthersPlayOn()
    {
        await using RunningChat chat = await RunningChat.StartAsync();
        var first = new ScriptedChannel(chat.Bus, 0xD1);
        await chat.WhenReadyAsync();
        using TestPlayer one = await LogInAsync(chat, "하나");
        using TestPlayer two = await LogInAsync(chat, "둘");
        await first.DisposeAsync();
        await using var next = new ScriptedChannel(chat.Bus, 0xD2)
        {
            LogIn = request => request.Name == "둘"
                ? ResultBody<LogInResult>.Busy(CommonCodes.ChannelFull)
                : ResultBody<LogInResult>.Ok(new LogInResult(request.Name, request.Channel, request.Map)),
        };
        await Eventually.TrueAsync(() => next.CountOf("in 하나") > 0 && chat.Gateway.IsReady, "the next channel is ready", s_deadline);
        await one.SendAsync(new ClientLine(1, "안녕"));
        Assert.Equal("안녕", (await one.ReadAsync<ServerResult>()).Text);
        await two.ReadAsync<ServerRefused>();
    }

    private static async Task<TestPlayer> LogInAsync(RunningChat chat, string name)
    {
        TestPlayer player = await chat.ConnectAsync();
        await player.LogInAsync(name);
        await player.ReadAsync<ServerLoggedIn>();
        return player;
    }

    /// <summary>Logs in under a name that is about to be free.</summary>
    private static async Task<TestPlayer> ReconnectAsync(RunningChat chat, string name)
    {
        for (int attempt = 0; attempt < 300; attempt++)
        {
            TestPlayer player = await chat.ConnectAsync();
            await player.LogInAsync(name);
            byte[]? payload = await player.ReadAsync();
            if (payload is not null && MessageTypes.Peek(payload) == ServerLoggedIn.TypeNumber)
            {
                return player;
            }

            player.Dispose();
            await Task.Delay(100);
        }

        throw new TimeoutException($"The name {name} was not free again.");
    }
}
