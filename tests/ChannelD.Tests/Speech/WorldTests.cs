using ChannelD.Directory;
using ChannelD.Events;
using ChannelD.Tests.Support;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Events;
using Shared.Protocol.Wire;

namespace ChannelD.Tests.Speech;

/// <summary>The megaphone, and notices.</summary>
public class WorldTests : IDisposable
{
    private readonly TestChannel _channel = new();

    [Fact]
    public void Megaphone_Text_GoesToEverybodyUnderTheSpeakersName()
    {
        SessionId speaker = _channel.LogIn(1, "나");
        _channel.AssertAnswer(speaker, "/확성기 팝니다", ResultStatus.Ok, "megaphone", "sent");
        (GameMessage message, IReadOnlyList<SessionId>? recipients) = Assert.Single(_channel.Events.Pushed);
        Assert.Equal((Rooms.World, "megaphone", "megaphone", "나"), (message.Room, message.Command, message.Code, message.Sender));
        Assert.Null(recipients);
        Assert.Equal("[확성기] 나: 팝니다", _channel.Game.Texts.Render(Language.Korean, message.Command, message.Code, message.Arguments));
        Assert.Equal("[Megaphone] 나: 팝니다", _channel.Game.Texts.Render(Language.English, message.Command, message.Code, message.Arguments));
        Assert.Equal("확성기로 알렸습니다.", _channel.RunText(speaker, "/확성기 팝니다"));
        Assert.Equal("Your megaphone was heard on all channels.", _channel.RunText(speaker, "/megaphone x", Language.English));
    }

    [Fact]
    public void Megaphone_FullOrHiddenOrEmpty_IsRefused()
    {
        SessionId master = _channel.EnterAs(1, 1, "운영자");
        _channel.AssertAnswer(master, "/확성기", ResultStatus.Error, "megaphone", "usage");
        _channel.Directory.Hide(master, true);
        _channel.AssertAnswer(master, "/확성기 안녕", ResultStatus.Error, "megaphone", "hidden");
        Assert.Empty(_channel.Events.Pushed);
        _channel.Directory.Hide(master, false);
        _channel.Events.HasRoom = false;
        _channel.AssertAnswer(master, "/확성기 안녕", ResultStatus.Error, "megaphone", "not_all_reached");
    }

    [Fact]
    public void Notice_OfAHiddenGameMaster_CarriesNoName()
    {
        SessionId master = _channel.EnterAs(1, 1, "운영자");
        _channel.Directory.Hide(master, true);
        _channel.AssertAnswer(master, "/공지 점검이 있습니다", ResultStatus.Ok, "notice", "sent");
        (GameMessage message, IReadOnlyList<SessionId>? recipients) = Assert.Single(_channel.Events.Pushed);
        Assert.Equal((Rooms.Notice, "notice", "notice", string.Empty), (message.Room, message.Command, message.Code, message.Sender));
        Assert.Equal(["점검이 있습니다"], message.Arguments);
        Assert.Null(recipients);
        Assert.Equal("[공지] x", _channel.Game.Texts.Render(Language.Korean, "notice", "notice", ["x"]));
        Assert.Equal("[Notice] x", _channel.Game.Texts.Render(Language.English, "notice", "notice", ["x"]));
        Assert.Equal("공지했습니다.", _channel.RunText(master, "/공지 x"));
        Assert.Equal("Your notice was made on all channels.", _channel.RunText(master, "/notice x", Language.English));
        _channel.AssertAnswer(master, "/공지", ResultStatus.Error, "notice", "usage");
        _channel.Events.HasRoom = false;
        _channel.AssertAnswer(master, "/공지 x", ResultStatus.Error, "notice", "not_all_reached");
    }

    public void Dispose()
    {
        _channel.Dispose();
        GC.SuppressFinalize(this);
    }
}
