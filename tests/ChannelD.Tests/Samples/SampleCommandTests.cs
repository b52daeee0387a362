using ChannelD.Directory;
using ChannelD.Events;
using ChannelD.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using MyGame.Commands;
using Shared.Protocol.Messages;
using Shared.Protocol.Wire;

namespace ChannelD.Tests.Samples;

/// <summary>The samples of <c>docs/adding-a-command.md</c> are compiled, found and run.</summary>
public class SampleCommandTests : IDisposable
{
    private readonly TestChannel _channel = new(add: services => services
        .AddPlayerCommands(typeof(RollCommand).Assembly)
        .AddPlayerCommands(typeof(RollCommand).Assembly));

    [Theory]
    [InlineData("/주사위", "6")]
    [InlineData("/roll 20", "20")]
    [InlineData("/ROLL 2", "2")]
    public void Roll_GoodSides_Rolls(string line, string sides)
    {
        var result = _channel.Run(null, line);
        Assert.Equal((ResultStatus.Ok, "roll", "rolled"), (result.Status, result.Message.Command, result.Message.Code));
        Assert.Equal(sides, result.Message.Arguments[0]);
        Assert.InRange(int.Parse(result.Message.Arguments[1], null), 1, int.Parse(sides, null));
    }

    [Theory]
    [InlineData("/주사위 1")]
    [InlineData("/주사위 -5")]
    [InlineData("/주사위 여섯")]
    [InlineData("/주사위 99999999999")]
    public void Roll_BadSides_TellsItsUsage(string line) => Assert.Equal("사용법: /주사위 [면]", _channel.RunText(null, line));

    [Fact]
    public void Help_AddedCommand_IsListedInBothLanguages()
    {
        Assert.Contains("/주사위 [면]", _channel.RunText(null, "/도움말"), StringComparison.Ordinal);
        Assert.Contains("/roll [SIDES]", _channel.RunText(null, "/help", Language.English), StringComparison.Ordinal);
        Assert.StartsWith("/roll [SIDES]: rolls a die", _channel.RunText(null, "/help 주사위", Language.English), StringComparison.Ordinal);
    }

    [Fact]
    public void Wave_InAMap_IsSeenByTheOthersThere()
    {
        SessionId asker = _channel.LogIn(1, "나");
        SessionId other = _channel.LogIn(2, "다");
        _channel.LogIn(3, "라", map: "페리온");
        _channel.AssertAnswer(asker, "/인사", ResultStatus.Ok, "wave", "waved");
        (GameMessage shown, IReadOnlyList<SessionId>? recipients) = Assert.Single(_channel.Events.Pushed);
        Assert.Equal([other], recipients);
        Assert.Equal("나님이 손을 흔듭니다.", _channel.Game.Texts.Render(Language.Korean, shown.Command, shown.Code, shown.Arguments));
        _channel.Directory.Hide(asker, true);
        _channel.AssertAnswer(asker, "/wave", ResultStatus.Error, "wave", "hidden");
    }

    [Theory]
    [InlineData("RollCommand.cs")]
    [InlineData("WaveCommand.cs")]
    public void Document_ContainsTheSampleVerbatim(string file)
    {
        string folder = AppContext.BaseDirectory;
        string sample = File.ReadAllText(Path.Combine(folder, "Samples", file)).Trim();
        string document = File.ReadAllText(Path.Combine(folder, "Samples", "adding-a-command.md"));
        Assert.Contains(sample, document, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _channel.Dispose();
        GC.SuppressFinalize(this);
    }
}
