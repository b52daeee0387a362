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

/// <summary>More connections than there is room for.</summary>
public sealed class AdmissionTests
{
    [Fact]
    public async Task Connect_TooManyAreNotLoggedIn_IsRefusedUntilThereIsRoom()
    {
        await using RunningChat chat = await RunningChat.StartAsync(("Chat:MaxPendingLogIns", "2"));
        await using var channel = new ScriptedChannel(chat.Bus, 0xD1);
        await chat.WhenReadyAsync();
        using TestPlayer first = await chat.ConnectAsync();
        TestPlayer silent = await chat.ConnectAsync();
        using TestPlayer refused = await RefusedAsync(chat);
        Assert.Null(await refused.ReadAsync());

        // Who is logged in takes none of these places.
        await first.LogInAsync("하나");
        await first.ReadAsync<ServerLoggedIn>();
        using TestPlayer second = await LogInAsync(chat, "둘");
        using TestPlayer third = await LogInAsync(chat, "셋");

        // Nor does who has gone.
        using TestPlayer other = await chat.ConnectAsync();
        using TestPlayer tooMany = await RefusedAsync(chat);
        silent.Dispose();
        await Eventually.TrueAsync(() => chat.PendingLogIns == 1, "the silent one has gone");
        using TestPlayer fourth = await LogInAsync(chat, "넷");
    }

    [Fact]
    public async Task Connect_TooManyConnections_IsClosedAtOnceAndOthersGoOn()
    {
        await using RunningChat chat = await RunningChat.StartAsync(("Chat:MaxPlayers", "2"), ("Chat:MaxConnections", "2"));
        await using var channel = new ScriptedChannel(chat.Bus, 0xD1);
        await chat.WhenReadyAsync();
        using TestPlayer first = await LogInAsync(chat, "하나");
        TestPlayer second = await LogInAsync(chat, "둘");

        using TestPlayer third = await chat.ConnectAsync();
        Assert.Null(await EndOfAsync(third));

        await first.SendAsync(new ClientLine(1, "안녕"));
        Assert.Equal(1UL, (await first.ReadAsync<ServerResult>()).LineId);
        await second.SendAsync(default(ClientBye));
        Assert.Null(await second.ReadAsync());
        second.Dispose();
        await Eventually.TrueAsync(() => channel.CountOf("out") == 1, "the second has left");

        // Kestrel counts a connection until its end is through.
        using TestPlayer again = await UntilAsync(chat, "셋");
    }

    [Fact]
    public async Task LogIn_ManyAtOnce_ExactlyMaxPlayersComeIn()
    {
        const int Places = 5;
        const int Players = 60;
        await using RunningChat chat = await RunningChat.StartAsync(("Chat:MaxPlayers", $"{Places}"));
        await using var channel = new ScriptedChannel(chat.Bus, 0xD1);
        await chat.WhenReadyAsync();
        TestPlayer[] players = await Task.WhenAll(Enumerable.Range(0, Players).Select(_ => chat.ConnectAsync()));
        try
        {
            await Task.WhenAll(players.Select((player, number) => player.LogInAsync($"가{number}")));
            byte[]?[] answers = await Task.WhenAll(players.Select(player => player.ReadAsync()));

            Assert.Equal(Places, answers.Count(answer => MessageTypes.Peek(answer!) == MessageTypes.ServerLoggedIn));
            Assert.All(
                answers.Where(answer => MessageTypes.Peek(answer!) != MessageTypes.ServerLoggedIn),
                answer => Assert.Equal("server_full", PlayerFraming.ReadMessage<ServerRefused>(answer!).Code));
        }
        finally
        {
            Array.ForEach(players, player => player.Dispose());
        }
    }

    [Fact]
    public async Task Reconnect_ManyAtOnceAndFewPlaces_AllComeInWithPatience()
    {
        const int Players = 100;
        await using RunningChat chat = await RunningChat.StartAsync(("Chat:MaxPendingLogIns", "5"));
        await using var channel = new ScriptedChannel(chat.Bus, 0xD1);
        await chat.WhenReadyAsync();

        TestPlayer[] players = await Task.WhenAll(Enumerable.Range(0, Players).Select(number => UntilAsync(chat, $"가{number}")));

        Array.ForEach(players, player => player.Dispose());
        for (int number = 0; number < Players; number++)
        {
            Assert.Equal(1, channel.CountOf($"in 가{number}"));
        }
    }

    [Fact]
    public async Task LogIn_RefusedByAChannelThatGoesAway_IsToldAllTheSame()
    {
        await using RunningChat chat = await RunningChat.StartAsync();
        await using var channel = new ScriptedChannel(chat.Bus, 0xD1);
        channel.LogIn = _ => ResultBody<LogInResult>.Error(CommonCodes.BadMap);
        channel.LogOut = () => ResultBody<LogOutResult>.Busy(OutcomeCodes.Overloaded);
        await chat.WhenReadyAsync();
        using TestPlayer player = await chat.ConnectAsync();
        await player.LogInAsync("하나");

        Assert.Equal(CommonCodes.BadMap, (await player.ReadAsync<ServerRefused>()).Code);

        // The name is free when the channel has said so, and then at once.
        channel.LogIn = null;
        channel.LogOut = null;
        using TestPlayer again = await UntilAsync(chat, "하나");
    }

    private static async Task<TestPlayer> RefusedAsync(RunningChat chat)
    {
        TestPlayer player = await chat.ConnectAsync();
        Assert.Equal("server_busy", (await player.ReadAsync<ServerRefused>()).Code);
        player.Socket.Shutdown(SocketShutdown.Send);
        return player;
    }

    private static async Task<TestPlayer> LogInAsync(RunningChat chat, string name)
    {
        TestPlayer player = await chat.ConnectAsync();
        await player.LogInAsync(name);
        await player.ReadAsync<ServerLoggedIn>();
        return player;
    }

    private static async Task<TestPlayer> UntilAsync(RunningChat chat, string name)
    {
        using var deadline = new CancellationTokenSource(Eventually.DefaultDeadline);
        while (true)
        {
            deadline.Token.ThrowIfCancellationRequested();
            TestPlayer player = await chat.ConnectAsync();
            try
            {
                await player.LogInAsync(name);
                if (await EndOfAsync(player) is { } answer && MessageTypes.Peek(answer) == MessageTypes.ServerLoggedIn)
                {
                    return player;
                }
            }
            catch (SocketException)
            {
                // Closed before the log-in was out.
            }

            player.Dispose();
            await Task.Delay(20, CancellationToken.None);
        }
    }

    /// <summary>The next message, or null at the end of the connection, however it ended.</summary>
    private static async Task<byte[]?> EndOfAsync(TestPlayer player)
    {
        try
        {
            return await player.ReadAsync();
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
