using ChannelD.Directory;
using Microsoft.Extensions.DependencyInjection;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Sessions;
using Shared.Protocol.Wire;

namespace ChannelD.Tests.Support;

/// <summary>The whole game side on a clock of the test's, without any queue.</summary>
internal sealed class TestChannel : IDisposable
{
    public const ulong Generation = 0xA11CE;

    private readonly ServiceProvider _services;

    public TestChannel(Action<ChannelOptions>? configure = null, Action<IServiceCollection>? add = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddGameChannel();
        services.Configure<ChannelOptions>(options => configure?.Invoke(options));
        add?.Invoke(services);
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        Game = Service<GameChannel>();
        Directory = Service<CharacterDirectory>();
    }

    public ManualTime Time { get; } = new();

    public GameChannel Game { get; }

    public CharacterDirectory Directory { get; }

    public static SessionId Session(int userId) => new(ChatInstance: 0, Generation, userId);

    public T Service<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public SessionId LogIn(int userId, string name, int channel = 1, string map = "헤네시스")
    {
        ResultBody<LogInResult> result = Game.LogIn(Session(userId), new LogInRequest(name, channel, map));
        Assert.Equal(ResultStatus.Ok, result.Status);
        return Session(userId);
    }

    /// <summary>Runs a line whose command answers at once.</summary>
    public ResultBody<CommandResult> Run(SessionId? session, string line)
    {
        ResultBody<CommandResult> result = default;
        ValueTask<ResultBody<CommandResult>> running = Game.RunAsync(session, line, CancellationToken.None);
        if (running.IsCompletedSuccessfully)
        {
            result = running.Result;
        }

        Assert.True(result.HasMessage, "A command of the memory answers at once.");
        Assert.Equal(result.Status == ResultStatus.Ok ? null : result.Message.Code, result.Code);
        return result;
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
