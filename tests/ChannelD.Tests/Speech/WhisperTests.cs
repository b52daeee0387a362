using System.Text;
using ChannelD.Directory;
using ChannelD.Events;
using ChannelD.Tests.Support;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Events;
using Shared.Protocol.Wire;

namespace ChannelD.Tests.Speech;

public class WhisperTests : IDisposable
{
    private readonly TestChannel _channel = new();
    private readonly SessionId _speaker;

    public WhisperTests() => _speaker = _channel.LogIn(1, "Power전사");

    [Theory]
    [InlineData("/귓속말 STRASSE 어디 있어요?", "어디 있어요?")]
    [InlineData("/귓 Straße  a  b ", "a  b")]
    [InlineData("/w straße /찾기", "/찾기")]
    [InlineData("/whisper\u3000Straße\u3000x", "x")]
    public void Whisper_OnAnotherChannel_IsDeliveredUnderBothDisplayNames(string line, string text)
    {
        SessionId target = _channel.LogIn(2, "Straße", channel: 7, map: "페리온");

        _channel.AssertAnswer(_speaker, line, ResultStatus.Ok, "whisper", "whispered", "Straße", text);

        (GameMessage message, IReadOnlyList<SessionId>? recipients) = Assert.Single(_channel.Events.Pushed);
        Assert.Equal((Rooms.Whisper, "whisper", "whisper", "Power전사"), (message.Room, message.Command, message.Code, message.Sender));
        Assert.Equal(["Power전사", text], message.Arguments);
        Assert.Equal([target], recipients);
        Assert.Equal("Straße님에게 귓속말: x", _channel.RunText(_speaker, "/w straße x"));
        Assert.Equal("To Straße: x", _channel.RunText(_speaker, "/w straße x", Language.English));
        Assert.Equal("Power전사님의 귓속말: x", _channel.Game.Texts.Render(Language.Korean, "whisper", "whisper", ["Power전사", "x"]));
        Assert.Equal("From Power전사: x", _channel.Game.Texts.Render(Language.English, "whisper", "whisper", ["Power전사", "x"]));
    }

    [Fact]
    public void Whisper_NotThereHiddenGoneOrBlocking_AreTheSameBytes()
    {
        byte[] notThere = _channel.RunBytes(_speaker, "/귓속말 MASTER 안녕");
        Assert.Empty(_channel.Events.Pushed);

        SessionId master = _channel.EnterAs(1, 2, "Master");
        _channel.Directory.Hide(master, true);
        Assert.Equal(notThere, _channel.RunBytes(_speaker, "/귓속말 MASTER 안녕"));
        Assert.Empty(_channel.Events.Pushed);

        _channel.Directory.Hide(master, false);
        _channel.Events.Report = DeliveryStatus.Gone;
        Assert.Equal(notThere, _channel.RunBytes(_speaker, "/귓속말 MASTER 안녕"));
        _channel.Events.Report = DeliveryStatus.Blocked;
        Assert.Equal(notThere, _channel.RunBytes(_speaker, "/귓속말 MASTER 안녕"));
        Assert.Equal(2, _channel.Events.Pushed.Count);

        _channel.AssertAnswer(_speaker, "/귓속말 MASTER 안녕", ResultStatus.Error, "whisper", "not_found", "MASTER");
        Assert.Equal("MASTER님을 찾을 수 없습니다.", _channel.RunText(_speaker, "/귓속말 MASTER 안녕"));
        Assert.Equal("MASTER cannot be found.", _channel.RunText(_speaker, "/귓속말 MASTER 안녕", Language.English));
    }

    [Fact]
    public void Whisper_DecomposedNameNotThere_IsAnsweredComposed() => _channel.AssertAnswer(
        _speaker, "/귓속말 타락파워전사 안녕".Normalize(NormalizationForm.FormD), ResultStatus.Error, "whisper", "not_found", "타락파워전사");

    [Fact]
    public void Whisper_NoReport_SaysThatItMayHaveArrived()
    {
        _channel.LogIn(2, "나");
        _channel.Events.Report = null;
        _channel.AssertAnswer(_speaker, "/귓속말 나 안녕", ResultStatus.Error, "whisper", "undelivered", "나");
        Assert.Equal("나님에게 귓속말이 전달되었는지 확인하지 못했습니다. 전달되었을 수도 있습니다.", _channel.RunText(_speaker, "/귓속말 나 안녕"));
        Assert.Equal("It is not known whether 나 got your whisper. It may have arrived.", _channel.RunText(_speaker, "/w 나 x", Language.English));
    }

    [Fact]
    public void Whisper_ToHimself_IsRefused()
    {
        _channel.AssertAnswer(_speaker, "/귓속말 POWER전사 안녕", ResultStatus.Error, "whisper", "self");
        Assert.Equal("자신에게는 귓속말을 보낼 수 없습니다.", _channel.RunText(_speaker, "/귓속말 power전사 안녕"));
        Assert.Equal("You cannot whisper to yourself.", _channel.RunText(_speaker, "/w power전사 x", Language.English));
        Assert.Empty(_channel.Events.Pushed);
    }

    [Fact]
    public void Whisper_FromAHiddenGameMaster_OnlyReachesWhoMayKnowOfHim()
    {
        SessionId master = _channel.EnterAs(1, 2, "운영자");
        SessionId other = _channel.EnterAs(1, 3, "운영자둘");
        _channel.Directory.Hide(master, true);
        _channel.AssertAnswer(master, "/귓속말 power전사 안녕", ResultStatus.Error, "whisper", "hidden");
        Assert.Empty(_channel.Events.Pushed);
        _channel.AssertAnswer(master, "/귓속말 운영자둘 안녕", ResultStatus.Ok, "whisper", "whispered", "운영자둘", "안녕");
        Assert.Equal([other], Assert.Single(_channel.Events.Pushed).Recipients);
    }

    [Theory]
    [InlineData("/귓속말", "usage")]
    [InlineData("/귓속말 나", "usage")]
    [InlineData("/귓속말 나 \u200B", "usage")]
    [InlineData("/귓속말 \u3164 안녕", "usage")]
    [InlineData("/귓속말 나\u200B 안녕", "usage")]
    [InlineData("/귓속말 나 a\u001Bb", "usage")]
    [InlineData("/귓속말 abcdefghijklm 안녕", "too_large", "12")]
    public void Whisper_BadNameOrNoText_IsAnError(string line, string code, params string[] arguments)
    {
        _channel.LogIn(2, "나");
        _channel.AssertAnswer(_speaker, line, ResultStatus.Error, "whisper", code, arguments);
        Assert.Empty(_channel.Events.Pushed);
    }

    [Fact]
    public void Whisper_LongestNonsense_IsTooLargeWithoutALookUp() =>
        _channel.AssertAnswer(_speaker, $"/w {new string('\u0301', 240)} x", ResultStatus.Error, "whisper", "too_large", "12");

    [Fact]
    public void Reply_LastWhisper_GoesToWhoSentIt()
    {
        SessionId target = _channel.LogIn(2, "Straße", channel: 2);
        ResultBody<Shared.Protocol.Messages.Commands.CommandResult> answer = _channel.Run(_speaker, "/답장 네 갑니다", "Straße");
        Assert.Equal((ResultStatus.Ok, "reply", "whispered"), (answer.Status, answer.Message.Command, answer.Message.Code));
        Assert.Equal(["Straße", "네 갑니다"], answer.Message.Arguments);
        (GameMessage message, IReadOnlyList<SessionId>? recipients) = Assert.Single(_channel.Events.Pushed);
        Assert.Equal((Rooms.Whisper, "whisper", "whisper"), (message.Room, message.Command, message.Code));
        Assert.Equal([target], recipients);
    }

    [Fact]
    public void Reply_NobodyWhisperedOrHasLeft_SaysSo()
    {
        _channel.AssertAnswer(_speaker, "/r 네", ResultStatus.Error, "reply", "nobody_whispered");
        Assert.Equal("받은 귓속말이 없습니다.", _channel.RunText(_speaker, "/답장 네"));
        Assert.Equal("Nobody has whispered to you.", _channel.RunText(_speaker, "/reply yes", Language.English));
        _channel.AssertAnswer(_speaker, "/답장", ResultStatus.Error, "reply", "usage");

        byte[] left = _channel.RunBytes(_speaker, "/답장 네", "Master");
        SessionId master = _channel.EnterAs(1, 2, "Master");
        _channel.Directory.Hide(master, true);
        Assert.Equal(left, _channel.RunBytes(_speaker, "/답장 네", "Master"));
        Assert.Equal("not_found", _channel.Run(_speaker, "/답장 네", "Master").Code);
        Assert.Empty(_channel.Events.Pushed);
    }

    [Fact]
    public void WhisperAndReply_WithoutCharacter_AreRefused()
    {
        _channel.AssertAnswer(null, "/귓속말 나 안녕", ResultStatus.Error, "whisper", "no_session");
        _channel.AssertAnswer(null, "/답장 안녕", ResultStatus.Error, "reply", "no_session");
    }

    public void Dispose()
    {
        _channel.Dispose();
        GC.SuppressFinalize(this);
    }
}
