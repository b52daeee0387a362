using System.Text;
using ChannelD.Directory;
using ChannelD.Tests.Support;
using Shared.Protocol.Messages;
using Shared.Protocol.Wire;

namespace ChannelD.Tests.Commands;

public class BuiltInCommandTests : IDisposable
{
    private readonly TestChannel _channel = new(options => options.MapLoadMs = 0);

    [Theory]
    [InlineData("타락파워전사")]
    [InlineData("nobody")]
    [InlineData("é")]
    public void Find_NameNotInTheGame_SaysSoInTheContractsWords(string name)
    {
        SessionId asker = _channel.LogIn(1, "법사");
        _channel.AssertAnswer(asker, $"/찾기 {name}", ResultStatus.Ok, "find", "not_found", name);
        Assert.Equal($"{name}님을 찾을 수 없습니다.", _channel.RunText(asker, $"/찾기 {name}"));
        Assert.Equal($"{name} cannot be found.", _channel.RunText(asker, $"/find {name}", Language.English));
    }

    [Fact]
    public void Find_DecomposedNameNotInTheGame_IsShownComposed() =>
        Assert.Equal(
            "타락파워전사님을 찾을 수 없습니다.",
            _channel.RunText(null, "/찾기 타락파워전사".Normalize(NormalizationForm.FormD)));

    [Theory]
    [InlineData("/")]
    [InlineData("/없는명령")]
    [InlineData("안녕하세요")]
    [InlineData("")]
    [InlineData("／찾기 전사")]
    [InlineData("/찾기\u0007 전사")]
    [InlineData("\u0000\u0001")]
    public void Run_UnknownCommand_SaysSoInTheContractsWords(string line)
    {
        _channel.AssertAnswer(null, line, ResultStatus.Error, string.Empty, "unknown_command");
        Assert.Equal("알 수 없는 명령입니다.", _channel.RunText(null, line));
        Assert.Equal("Unknown command.", _channel.RunText(null, line, Language.English));
    }

    [Fact]
    public void Find_EveryState_HasItsCodeAndText()
    {
        using var channel = new TestChannel(options => options.MapLoadMs = 100);
        SessionId asker = channel.LogIn(1, "법사");
        SessionId target = channel.LogIn(2, "Power전사");
        channel.LogIn(3, "궁수", channel: 7);
        channel.AssertAnswer(asker, "/찾기 POWER전사", ResultStatus.Ok, "find", "same_map", "Power전사", "헤네시스");
        channel.AssertAnswer(asker, "/찾기 궁수", ResultStatus.Ok, "find", "other_channel", "궁수", "7");
        Assert.Equal("궁수님은 지금 7채널에 있습니다.", channel.RunText(asker, "/찾기 궁수"));
        channel.Run(target, "/이동 페리온");
        channel.AssertAnswer(asker, "/find power전사", ResultStatus.Ok, "find", "in_transfer", "Power전사");
        channel.Time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal("Power전사님은 지금 페리온에 있습니다.", channel.RunText(asker, "/찾기 power전사"));
        channel.Run(target, "/캐시샵 들어가기");
        channel.AssertAnswer(asker, "/find power전사", ResultStatus.Ok, "find", "cash_shop", "Power전사");
        channel.AssertAnswer(asker, "/find 법사", ResultStatus.Ok, "find", "same_map", "법사", "헤네시스");
    }

    [Fact]
    public void Find_NameOutsideThePlainOnes_IsFoundInAnySpelling()
    {
        SessionId asker = _channel.LogIn(1, "Straße");
        _channel.AssertAnswer(asker, "/찾기 STRASSE", ResultStatus.Ok, "find", "same_map", "Straße", "헤네시스");
        _channel.AssertAnswer(asker, "/찾기 straẞe", ResultStatus.Ok, "find", "same_map", "Straße", "헤네시스");
    }

    [Fact]
    public void Find_AskerWithoutSession_IsAPlayerOfThisChannel()
    {
        using var channel = new TestChannel(options => options.Id = 3);
        channel.LogIn(1, "전사", channel: 3);
        channel.LogIn(2, "법사", channel: 1);
        channel.AssertAnswer(null, "/찾기 전사", ResultStatus.Ok, "find", "same_map", "전사", "헤네시스");
        channel.AssertAnswer(null, "/찾기 법사", ResultStatus.Ok, "find", "other_channel", "법사", "1");
    }

    [Theory]
    [InlineData("/찾기 전사", "find")]
    [InlineData("/찾기", "find")]
    [InlineData("/도움말", "help")]
    [InlineData("/공지 안녕", "")]
    [InlineData("/그런것은없다", "")]
    public void Line_OfASessionThatIsNotKnown_IsNotRun(string line, string command) =>
        _channel.AssertAnswer(TestChannel.Session(99), line, ResultStatus.Error, command, "no_session");

    [Theory]
    [InlineData("/찾기", "usage")]
    [InlineData("/찾기 \u3164", "usage")]
    [InlineData("/찾기 전\u200B사", "usage")]
    [InlineData("/찾기 전\u0007사", "usage")]
    [InlineData("/찾기 전 사", "usage")]
    [InlineData("/찾기 /찾기", "usage")]
    [InlineData("/찾기 abcdefghijklm", "too_large", "12")]
    [InlineData("/누구 나", "usage")]
    [InlineData("/이동", "usage")]
    [InlineData("/이동 a  b", "usage")]
    [InlineData("/이동 123456789012345678901234567890123", "too_large", "32")]
    [InlineData("/캐시샵", "usage")]
    [InlineData("/캐시샵 사기", "usage")]
    public void Run_BadArgument_IsAnErrorOfTheCommand(string line, string code, params string[] arguments)
    {
        SessionId asker = _channel.LogIn(1, "법사");
        ResultBody<Shared.Protocol.Messages.Commands.CommandResult> result = _channel.Run(asker, line);
        Assert.Equal((ResultStatus.Error, code), (result.Status, result.Message.Code));
        Assert.NotEmpty(result.Message.Command);
        Assert.Equal(arguments, result.Message.Arguments);
    }

    [Fact]
    public void Run_BadArgument_TellsHowItIsTyped()
    {
        Assert.Equal("사용법: /찾기 이름", _channel.RunText(null, "/찾기"));
        Assert.Equal("Usage: /find NAME", _channel.RunText(null, "/찾기", Language.English));
        Assert.Equal("너무 깁니다. 최대 12자까지 입력할 수 있습니다.", _channel.RunText(null, "/찾기 abcdefghijklm"));
    }

    [Fact]
    public void Run_LoneSurrogates_AreAnsweredLikeOtherRubbish()
    {
        _channel.AssertAnswer(null, "/찾기 \uD800", ResultStatus.Error, "find", "usage");
        _channel.AssertAnswer(null, "/\uDC00", ResultStatus.Error, string.Empty, "unknown_command");
        _channel.AssertAnswer(_channel.LogIn(1, "법사"), "/이동 \uD800", ResultStatus.Error, "move", "usage");
    }

    [Fact]
    public void Run_LineAtAndAboveTheLimit_IsTooLargeAboveOnly()
    {
        using var channel = new TestChannel(options => options.MaxLineChars = 20);
        string padding = new(' ', 20 - "/찾기 전사".Length);
        channel.AssertAnswer(null, "/찾기 " + padding + "전사", ResultStatus.Ok, "find", "not_found", "전사");
        channel.AssertAnswer(null, "/찾기  " + padding + "전사", ResultStatus.Error, "find", "too_large", "20");
        channel.AssertAnswer(null, new string('가', 21), ResultStatus.Error, string.Empty, "too_large", "20");
        Assert.Equal("너무 깁니다. 더 짧게 입력해 주세요.", channel.RunText(null, new string('가', 1_000_000)));
    }

    [Theory]
    [InlineData("/누구", "who")]
    [InlineData("/이동 페리온", "move")]
    [InlineData("/캐시샵 들어가기", "cashshop")]
    public void Run_AskerWithoutCharacter_IsToldSo(string line, string command)
    {
        _channel.AssertAnswer(null, line, ResultStatus.Error, command, "no_session");
        _channel.AssertAnswer(TestChannel.Session(99), line, ResultStatus.Error, command, "no_session");
    }

    [Fact]
    public void Who_Map_ListsItSorted()
    {
        SessionId asker = _channel.LogIn(1, "나");
        _channel.LogIn(2, "가");
        _channel.LogIn(3, "다", map: "페리온");
        _channel.LogIn(4, "라", channel: 2);
        _channel.AssertAnswer(asker, "/누구", ResultStatus.Ok, "who", "people", "헤네시스", "2", "가, 나");
        Assert.Equal("헤네시스에 2명이 있습니다: 가, 나", _channel.RunText(asker, "/who"));
    }

    [Fact]
    public void Who_CrowdedMap_NamesFiftyAndCountsTheRest()
    {
        SessionId asker = default;
        for (int user = 0; user < 123; user++)
        {
            asker = _channel.LogIn(user, $"n{user:000}");
        }

        string first = string.Join(", ", Enumerable.Range(0, 50).Select(user => $"n{user:000}"));
        _channel.AssertAnswer(asker, "/who", ResultStatus.Ok, "who", "people_and_more", "헤네시스", "123", first, "73");
    }

    [Fact]
    public void Who_FromTheCashShop_IsAboutTheMapLeft()
    {
        SessionId asker = _channel.LogIn(1, "나");
        _channel.Run(asker, "/캐시샵 들어가기");
        _channel.AssertAnswer(asker, "/누구", ResultStatus.Ok, "who", "nobody", "헤네시스");
    }

    [Fact]
    public void Move_AtOnceAndRefused_HaveTheirCodes()
    {
        SessionId asker = _channel.LogIn(1, "나");
        _channel.AssertAnswer(asker, "/이동 루디브리엄 시계탑", ResultStatus.Ok, "move", "moved", "루디브리엄 시계탑");
        _channel.AssertAnswer(asker, "/move 루디브리엄 시계탑", ResultStatus.Error, "move", "already_there", "루디브리엄 시계탑");
        _channel.AssertAnswer(asker, "/cashshop enter", ResultStatus.Ok, "cashshop", "entered");
        _channel.AssertAnswer(asker, "/이동 페리온", ResultStatus.Error, "move", "in_cash_shop");
        _channel.AssertAnswer(asker, "/cashshop ENTER", ResultStatus.Error, "cashshop", "in_cash_shop");
        _channel.AssertAnswer(asker, "/캐시샵 나가기".Normalize(NormalizationForm.FormD), ResultStatus.Ok, "cashshop", "left");
        _channel.AssertAnswer(asker, "/캐시샵 나가기", ResultStatus.Error, "cashshop", "not_in_cash_shop");
    }

    [Fact]
    public void Move_WithLoading_IsOnTheWay()
    {
        using var channel = new TestChannel(options => options.MapLoadMs = 100);
        SessionId asker = channel.LogIn(1, "나");
        channel.AssertAnswer(asker, "/이동 페리온", ResultStatus.Ok, "move", "moving", "페리온");
        channel.AssertAnswer(asker, "/이동 헤네시스", ResultStatus.Error, "move", "in_transfer");
        channel.AssertAnswer(asker, "/캐시샵 들어가기", ResultStatus.Error, "cashshop", "in_transfer");
        channel.Time.Advance(TimeSpan.FromMilliseconds(100));
        channel.AssertAnswer(asker, "/이동 헤네시스", ResultStatus.Ok, "move", "moving", "헤네시스");
    }

    [Fact]
    public void Help_WithAndWithoutCommand_Explains()
    {
        Assert.StartsWith("명령어: ", _channel.RunText(null, "/도움말"), StringComparison.Ordinal);
        Assert.Equal("/find NAME: tells where a character is.", _channel.RunText(null, "/help find", Language.English));
        Assert.Equal(_channel.RunText(null, "/도움말 찾기"), _channel.RunText(null, "/help /FIND"));
        _channel.AssertAnswer(null, "/help nothing", ResultStatus.Error, "help", "unknown_command");
        Assert.Equal("알 수 없는 명령입니다.", _channel.RunText(null, "/help nothing"));
    }

    public void Dispose()
    {
        _channel.Dispose();
        GC.SuppressFinalize(this);
    }
}
