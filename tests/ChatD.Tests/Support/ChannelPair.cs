using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Messages.Sessions;
using Shared.Protocol.Requests;
using Shared.Protocol.Wire;
using Testing.Support.Waiting;

namespace ChatD.Tests.Support;

/// <summary>A chatD with a home channelD 1, which sends players to another channel with <c>/채널 N</c>, and a channelD 2.</summary>
internal sealed class ChannelPair : IAsyncDisposable
{
    private readonly List<ScriptedChannel> _channels = [];
    private ulong _generations = 0xD0;

    private ChannelPair(RunningChat chat) => Chat = chat;

    public RunningChat Chat { get; }

    public ScriptedChannel Home => _channels[0];

    public ScriptedChannel Second => _channels[1];

    public static async Task<ChannelPair> StartAsync(bool hasSecond = true, params (string Key, string Value)[] settings)
    {
        RunningChat chat = await RunningChat.StartAsync(
            [.. settings.Concat([("Ipc:RequestTimeoutMs", "400"), ("Ipc:LeaseMs", "600")]).DistinctBy(setting => setting.Item1)]);
        var pair = new ChannelPair(chat);
        pair.Start(1);
        if (hasSecond)
        {
            pair.Start(2);
        }

        await chat.WhenReadyAsync();
        if (hasSecond)
        {
            await pair.WhenReadyAsync(2);
        }

        return pair;
    }

    /// <summary>Starts a channelD, or another run of one; each says who it is with each line.</summary>
    public ScriptedChannel Start(int channel)
    {
        var started = new ScriptedChannel(Chat.Bus, ++_generations, channel)
        {
            RunAsync = line => Task.FromResult($"{channel}: {line}"),
            Answer = line => line.StartsWith("/채널 ", StringComparison.Ordinal)
                ? new ValueTask<ResultBody<CommandResult>>(Transfer(line["/채널 ".Length] - '0'))
                : null,
        };
        _channels.Add(started);
        return started;
    }

    public Task WhenReadyAsync(int channel) => Eventually.TrueAsync(
        () => Chat.Gateway.Ports.Find(channel) is { IsReady: true }, $"channelD {channel} is ready");

    public Task WhenAwayAsync(int channel) => Eventually.TrueAsync(
        () => Chat.Gateway.Ports.Find(channel) is { IsReady: false }, $"channelD {channel} is away");

    public async Task<TestPlayer> LogInAsync(string name, int channel = 1, ResumeToken? token = null, string? key = null)
    {
        TestPlayer player = await Chat.ConnectAsync();
        await player.LogInAsync(name, channel, token, key);
        ServerLoggedIn loggedIn = await player.ReadAsync<ServerLoggedIn>();
        Assert.Equal(channel, loggedIn.Channel);
        return player;
    }

    /// <summary>A line and its answer.</summary>
    public static async Task<ServerResult> AskAsync(TestPlayer player, ulong lineId, string line)
    {
        await player.SendAsync(new ClientLine(lineId, line));
        ServerResult result = await player.ReadAsync<ServerResult>();
        Assert.Equal(lineId, result.LineId);
        return result;
    }

    /// <summary>A line that is run by this channelD.</summary>
    public static async Task AssertIsAtAsync(TestPlayer player, ulong lineId, int channel) =>
        Assert.Equal((OutcomeKind.Ok, $"{channel}: hello"), await AskAsync(player, lineId, "hello") is var result ? (result.Outcome, result.Text) : default);

    public static ResultBody<CommandResult> Transfer(int channel, string? map = "헤네시스") =>
        ResultBody<CommandResult>.Ok(new CommandResult("channel", "changed", [], $"to {channel}", channel, map));

    public static ResultBody<LogInResult> Welcome(LogInRequest request) =>
        ResultBody<LogInResult>.Ok(new LogInResult(request.Name, request.Channel, request.Map));

    public async ValueTask DisposeAsync()
    {
        await Chat.DisposeAsync();
        foreach (ScriptedChannel channel in _channels)
        {
            await channel.DisposeAsync();
        }
    }
}
