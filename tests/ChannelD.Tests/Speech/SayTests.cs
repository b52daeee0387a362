using ChannelD.Directory;
using ChannelD.Events;
using ChannelD.Tests.Support;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Events;
using Shared.Protocol.Wire;

namespace ChannelD.Tests.Speech;

public class SayTests : IDisposable
{
    private readonly TestChannel _channel = new(options => options.MapLoadMs = 100);

    [Theory]
    [InlineData("안녕하세요", "안녕하세요")]
    [InlineData("  hello, world  ", "hello, world")]
    [InlineData("/말 /찾기는 명령입니다", "/찾기는 명령입니다")]
    [InlineData("/say {0} {1}", "{0} {1}")]
    [InlineData("👩‍👩‍👧 é ㅋㅋ", "👩‍👩‍👧 é ㅋㅋ")]
    public void Say_Text_GoesToTheMapButNotToTheSpeaker(string line, string text)
    {
        SessionId speaker = _channel.LogIn(1, "Power전사");
        SessionId near = _channel.LogIn(2, "나");
        _channel.LogIn(3, "다", map: "페리온");
        _channel.LogIn(4, "라", channel: 2);

        _channel.AssertAnswer(speaker, line, ResultStatus.Ok, "say", "said", "Power전사", text);

        (GameMessage message, IReadOnlyList<SessionId>? recipients) = Assert.Single(_channel.Events.Pushed);
        Assert.Equal((Rooms.Map, "say", "say", "Power전사"), (message.Room, message.Command, message.Code, message.Sender));
        Assert.Equal(["Power전사", text], message.Arguments);
        Assert.Equal([near], recipients);
    }

    [Fact]
    public void Say_Answer_EchoesTheSentenceInBothLanguages()
    {
        SessionId speaker = _channel.LogIn(1, "나");
        Assert.Equal("나: 안녕", _channel.RunText(speaker, "안녕"));
        Assert.Equal("나: hello", _channel.RunText(speaker, "hello", Language.English));
    }

    [Fact]
    public void Say_NobodyElseThere_IsSaidAndPushesNothing()
    {
        SessionId speaker = _channel.LogIn(1, "나");
        _channel.AssertAnswer(speaker, "누구 없나요", ResultStatus.Ok, "say", "said", "나", "누구 없나요");
        Assert.Empty(_channel.Events.Pushed);
    }

    [Fact]
    public void Say_HiddenGameMasterInTheMap_HearsIt()
    {
        SessionId speaker = _channel.LogIn(1, "나");
        SessionId master = _channel.EnterAs(1, 2, "운영자");
        _channel.Directory.Hide(master, true);
        _channel.Run(speaker, "안녕");
        Assert.Equal([master], Assert.Single(_channel.Events.Pushed).Recipients);
    }

    [Fact]
    public void Say_HiddenSpeaker_IsRefusedSoThatHeStaysHidden()
    {
        SessionId master = _channel.EnterAs(1, 1, "운영자");
        _channel.LogIn(2, "나");
        _channel.Directory.Hide(master, true);
        _channel.AssertAnswer(master, "안녕", ResultStatus.Error, "say", "hidden");
        Assert.Equal("숨어 있는 동안에는 말할 수 없습니다.", _channel.RunText(master, "안녕"));
        Assert.Equal("You cannot speak while you are hidden.", _channel.RunText(master, "hi", Language.English));
        Assert.Empty(_channel.Events.Pushed);
    }

    [Fact]
    public void Say_FromTheCashShopOrOnTheWay_IsRefused()
    {
        SessionId speaker = _channel.LogIn(1, "나");
        _channel.LogIn(2, "다", map: "페리온");
        _channel.Run(speaker, "/캐시샵 들어가기");
        _channel.AssertAnswer(speaker, "안녕", ResultStatus.Error, "say", "in_cash_shop");
        Assert.Equal("캐시샵에서는 말할 수 없습니다.", _channel.RunText(speaker, "안녕"));
        Assert.Equal("You cannot speak in the cash shop.", _channel.RunText(speaker, "hi", Language.English));
        _channel.Run(speaker, "/캐시샵 나가기");
        _channel.Run(speaker, "/이동 페리온");
        _channel.AssertAnswer(speaker, "안녕", ResultStatus.Error, "say", "in_transfer");
        Assert.Equal("이동하는 중에는 말할 수 없습니다.", _channel.RunText(speaker, "안녕"));
        Assert.Equal("You cannot speak while you are moving to another map.", _channel.RunText(speaker, "hi", Language.English));
        Assert.Empty(_channel.Events.Pushed);
        _channel.Time.Advance(TimeSpan.FromMilliseconds(100));
        _channel.AssertAnswer(speaker, "안녕", ResultStatus.Ok, "say", "said", "나", "안녕");
    }

    [Fact]
    public void Say_AChatThatIsBehind_TellsThatNotAllWereReached()
    {
        SessionId speaker = _channel.LogIn(1, "나");
        _channel.LogIn(2, "다");
        _channel.Events.HasRoom = false;
        _channel.AssertAnswer(speaker, "안녕", ResultStatus.Error, "say", "not_all_reached");
        Assert.Equal("서버가 혼잡하여 일부에게는 전달되지 않았을 수 있습니다.", _channel.RunText(speaker, "안녕"));
        Assert.Equal("The server is busy: not everybody may have been reached.", _channel.RunText(speaker, "hi", Language.English));
    }

    [Theory]
    [InlineData("/말")]
    [InlineData("/say   ")]
    [InlineData("\u3164\u115F")]
    [InlineData("\u200B\u2060")]
    [InlineData("a\u0007b")]
    [InlineData("a\u2028b")]
    public void Say_NothingToBeSeenOrNoText_IsUsage(string line)
    {
        SessionId speaker = _channel.LogIn(1, "나");
        _channel.LogIn(2, "다");
        _channel.AssertAnswer(speaker, line, ResultStatus.Error, "say", "usage");
        Assert.Equal("사용법: /말 내용", _channel.RunText(speaker, line));
        Assert.Empty(_channel.Events.Pushed);
    }

    [Fact]
    public void Say_LoneSurrogate_IsUsage() =>
        _channel.AssertAnswer(_channel.LogIn(1, "나"), "a\uD83D", ResultStatus.Error, "say", "usage");

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("/")]
    [InlineData("/ ")]
    [InlineData("/ 찾기 나")]
    [InlineData("／귓속말 나 비밀")]
    [InlineData("/없는명령")]
    public void Line_BlankOrMistypedCommand_IsNeverSaid(string line)
    {
        SessionId speaker = _channel.LogIn(1, "나");
        _channel.LogIn(2, "다");
        _channel.AssertAnswer(speaker, line, ResultStatus.Error, string.Empty, "unknown_command");
        Assert.Empty(_channel.Events.Pushed);
    }

    [Theory]
    [InlineData("안녕하세요")]
    [InlineData("")]
    public void Line_WithoutCharacter_NamesNoCommand(string line)
    {
        _channel.AssertAnswer(null, line, ResultStatus.Error, string.Empty, "unknown_command");
        _channel.AssertAnswer(null, "/말 안녕", ResultStatus.Error, "say", "no_session");
    }

    [Fact]
    public void Line_OfASessionThatIsNotKnown_SaysSo() =>
        _channel.AssertAnswer(TestChannel.Session(99), "안녕하세요", ResultStatus.Error, "say", "no_session");

    [Fact]
    public void Line_TooLong_IsTooLargeAndNeverCut()
    {
        SessionId speaker = _channel.LogIn(1, "나");
        _channel.LogIn(2, "다");
        _channel.AssertAnswer(speaker, new string('가', 257), ResultStatus.Error, "say", "too_large", "256");
        Assert.Empty(_channel.Events.Pushed);
        _channel.AssertAnswer(speaker, new string('가', 256), ResultStatus.Ok, "say", "said", "나", new string('가', 256));
    }

    public void Dispose()
    {
        _channel.Dispose();
        GC.SuppressFinalize(this);
    }
}
