using ChannelD.Directory;
using ChannelD.Events;
using ChannelD.Limits;
using ChannelD.Presence;
using Microsoft.Extensions.DependencyInjection;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Sessions;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace ChannelD.Tests.Support;

/// <summary>The whole game side on a clock of the test's, without any queue.</summary>
internal sealed class TestChannel : IDisposable
{
    public const ulong Generation = 0xA11CE;

    private readonly ServiceProvider _services;

    /// <summary>Makes it.</summary>
    /// <param name="configure">The options of the channel; the defaults where null.</param>
    /// <param name="add">Further services.</param>
    /// <param name="limits">Switches limits on, with the defaults to start with; null for none at all.</param>
    public TestChannel(
        Action<ChannelOptions>? configure = null, Action<IServiceCollection>? add = null, Action<LimitOptions>? limits = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IEventSink>(Events);
        services.AddGameChannel();
        services.Configure<ChannelOptions>(options => configure?.Invoke(options));
        services.Configure<LimitOptions>(limits ?? (options => options.Enabled = false));
        add?.Invoke(services);
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        Game = Service<GameChannel>();
        Directory = Service<CharacterDirectory>();
        _ = Service<PresenceParts>();
    }

    public ManualTime Time { get; } = new();

    /// <summary>What the players would have been shown.</summary>
    public RecordedEvents Events { get; } = new();

    public GameChannel Game { get; }

    public CharacterDirectory Directory { get; }

    public static SessionId Session(int userId) => new(ChatInstance: 0, Generation, userId);

    public T Service<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public SessionId LogIn(int userId, string name, int channel = 1, string map = "헤네시스")
    {
        ResultBody<LogInResult> result = LogIn(Session(userId), new LogInRequest(name, channel, map));
        Assert.Equal(ResultStatus.Ok, result.Status);
        return Session(userId);
    }

    /// <summary>Enters with a tier, as if the log-in had granted it.</summary>
    public SessionId EnterAs(int tier, int userId, string name, int channel = 1, string map = "헤네시스")
    {
        Assert.Equal(
            EnterStatus.Entered,
            Directory.Enter(Session(userId), TestNames.Name(name), channel, TestNames.Map(map), tier, out _));
        return Session(userId);
    }

    /// <summary>Logs in where everything is in memory: that is over at once.</summary>
    public ResultBody<LogInResult> LogIn(SessionId session, LogInRequest request)
    {
        ResultBody<LogInResult>? result = null;
        ValueTask<ResultBody<LogInResult>> running = Game.LogInAsync(session, request);
        if (running.IsCompletedSuccessfully)
        {
            result = running.Result;
        }

        Assert.True(result is not null, "What is in memory answers at once.");
        return result.Value;
    }

    /// <summary>Runs a line whose command answers at once.</summary>
    public ResultBody<CommandResult> Run(SessionId? session, string line, string? lastWhisperFrom = null)
    {
        ResultBody<CommandResult> result = default;
        ValueTask<ResultBody<CommandResult>> running = Game.RunAsync(session, line, CancellationToken.None, lastWhisperFrom);
        if (running.IsCompletedSuccessfully)
        {
            result = running.Result;
        }

        Assert.True(result.HasMessage, "A command of the memory answers at once.");
        Assert.Equal(result.Status == ResultStatus.Ok ? null : result.Message.Code, result.Code);
        return result;
    }

    /// <summary>The answer as it travels: what a player could tell two answers apart by.</summary>
    public byte[] RunBytes(SessionId? session, string line, string? lastWhisperFrom = null)
    {
        using var buffer = new PooledBuffer();
        var writer = new MessagePackWriter(buffer);
        Run(session, line, lastWhisperFrom).Write(ref writer);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public string RunText(SessionId? session, string line, Language language = Language.Korean)
    {
        CommandResult result = Run(session, line).Message;
        return Game.Texts.Render(language, result.Command, result.Code, result.Arguments);
    }

    public void AssertAnswer(SessionId? session, string line, ResultStatus status, string command, string code, params string[] arguments)
    {
        ResultBody<CommandResult> result = Run(session, line);
        Assert.Equal((status, command, code), (result.Status, result.Message.Command, result.Message.Code));
        Assert.Equal(arguments, result.Message.Arguments);
    }

    public void Dispose() => _services.Dispose();
}
