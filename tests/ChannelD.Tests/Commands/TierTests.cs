using ChannelD.Commands;
using ChannelD.Directory;
using ChannelD.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shared.Protocol.Messages;
using Shared.Protocol.Wire;

namespace ChannelD.Tests.Commands;

/// <summary>To whoever may not use a command there is none.</summary>
public class TierTests : IDisposable
{
    private static readonly CommandText s_done = new("done", "되었습니다.", "Done.");

    private readonly TestChannel _channel = new(add: services => services
        .AddSingleton<IPlayerCommand>(new Fakes.Command(Describe("high", minTier: 3)))
        .AddSingleton<IPlayerCommand>(new Fakes.Command(Describe("speech", minTier: 0))));

    [Theory]
    [InlineData("/공지 안녕", "/공자 안녕")]
    [InlineData("/notice", "/nothing")]
    [InlineData("/감시 나", "/감사 나")]
    [InlineData("/high", "/huge")]
    [InlineData("/공지 a\u0007", "/공자 a\u0007")]
    public void Run_CommandAboveTheAskersTier_IsByteForByteUnknown(string above, string unknown)
    {
        SessionId player = _channel.LogIn(1, "나");
        _channel.AssertAnswer(player, above, ResultStatus.Error, string.Empty, "unknown_command");
        foreach (SessionId? asker in new SessionId?[] { player, null, TestChannel.Session(99) })
        {
            Assert.Equal(_channel.RunBytes(asker, unknown), _channel.RunBytes(asker, above));
            string padding = new('x', 300);
            Assert.Equal(_channel.RunBytes(asker, unknown + padding), _channel.RunBytes(asker, above + padding));
            Assert.Equal(
                _channel.RunBytes(asker, "/도움말 " + unknown.Split(' ')[0]), _channel.RunBytes(asker, "/도움말 " + above.Split(' ')[0]));
        }

        Assert.Empty(_channel.Events.Pushed);
    }

    [Fact]
    public void Run_MutedOrLimited_ACommandAboveTheTierIsStillUnknown()
    {
        using var channel = new TestChannel(limits: options => (options.CommonPerMinute, options.CommonBurst) = (1, 1));
        SessionId player = channel.LogIn(1, "나");
        SessionId other = channel.LogIn(2, "다");
        Assert.Equal("unknown_command", channel.Run(player, "/공지 x").Code);
        Assert.Equal("unknown_command", channel.Run(other, "/공자 x").Code);
        Assert.Equal(channel.RunBytes(other, "/공자 x"), channel.RunBytes(player, "/공지 x"));
        Assert.Equal("rate_limited", channel.Run(player, "/공지 x").Code);
    }

    [Fact]
    public void Run_GameMaster_MayUseThoseUpToHisTier()
    {
        SessionId master = _channel.EnterAs(1, 1, "운영자");
        SessionId admin = _channel.EnterAs(3, 2, "관리자");
        Assert.Equal("sent", _channel.Run(master, "/공지 안녕").Message.Code);
        _channel.AssertAnswer(master, "/high", ResultStatus.Error, string.Empty, "unknown_command");
        _channel.AssertAnswer(admin, "/high", ResultStatus.Ok, "high", "done");
    }

    [Fact]
    public void Help_List_HasWhatTheAskerMayUse()
    {
        SessionId player = _channel.LogIn(1, "나");
        SessionId master = _channel.EnterAs(1, 2, "운영자");
        SessionId second = _channel.EnterAs(2, 3, "둘째");
        SessionId admin = _channel.EnterAs(9, 4, "관리자");
        _channel.AssertAnswer(player, "/도움말", ResultStatus.Ok, "help", "commands");
        _channel.AssertAnswer(null, "/도움말", ResultStatus.Ok, "help", "commands");
        _channel.AssertAnswer(master, "/도움말", ResultStatus.Ok, "help", "commands_1");
        _channel.AssertAnswer(second, "/도움말", ResultStatus.Ok, "help", "commands_1");
        _channel.AssertAnswer(admin, "/도움말", ResultStatus.Ok, "help", "commands_3");
        foreach (IPlayerCommand command in _channel.Service<CommandRegistry>().All)
        {
            CommandDescription about = command.Description;
            foreach ((SessionId asker, int tier) in new[] { (player, 0), (master, 1), (second, 2), (admin, 9) })
            {
                bool isListed = tier >= about.MinTier;
                Assert.Equal(isListed, Listed(asker, Language.Korean).Contains(about.Usage.Korean));
                Assert.Equal(isListed, Listed(asker, Language.English).Contains(about.Usage.English));
                Assert.Equal(isListed, _channel.Run(asker, "/도움말 " + about.Names[0]).Status == ResultStatus.Ok);
            }
        }
    }

    [Fact]
    public void Help_LimitedCommand_TellsHowOften()
    {
        using var channel = new TestChannel(limits: _ => { });
        Assert.EndsWith("tells where a character is. At most 60 a minute.", channel.RunText(null, "/help find", Language.English), StringComparison.Ordinal);
        Assert.EndsWith("1분에 2번까지 쓸 수 있습니다.", channel.RunText(null, "/도움말 확성기"), StringComparison.Ordinal);
        SessionId master = channel.EnterAs(1, 1, "운영자");
        Assert.EndsWith("without your name.", channel.RunText(master, "/help notice", Language.English), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _channel.Dispose();
        GC.SuppressFinalize(this);
    }

    private static CommandDescription Describe(string id, int minTier) => new()
    {
        Id = id,
        Names = [id],
        Usage = new LocalText($"/{id}", $"/{id}"),
        Help = new LocalText("도움", "help"),
        Texts = [s_done],
        MinTier = minTier,
    };

    private string[] Listed(SessionId asker, Language language)
    {
        string text = _channel.RunText(asker, "/도움말", language);
        return text[(text.IndexOf(": ", StringComparison.Ordinal) + 2)..].Split(", ");
    }
}
