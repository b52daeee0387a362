using ChannelD.Directory;
using ChannelD.Events;
using ChannelD.Tests.Support;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Events;
using Shared.Protocol.Wire;

namespace ChannelD.Tests.Speech;

public class TraceTests : IDisposable
{
    private readonly TestChannel _channel = new();
    private readonly SessionId _player;
    private readonly SessionId _friend;
    private readonly SessionId _master;

    public TraceTests()
    {
        _player = _channel.LogIn(1, "Straße");
        _friend = _channel.LogIn(2, "나");
        _master = _channel.EnterAs(1, 3, "운영자", channel: 5, map: "페리온");
    }

    [Theory]
    [InlineData("안녕", "traced_map", "[감시] Straße (맵 헤네시스): 안녕", "[Watch] Straße (map 헤네시스): 안녕")]
    [InlineData("/귓속말 나 안녕", "traced_whisper", "[감시] Straße (귓속말, 나님에게): 안녕", "[Watch] Straße (whisper to 나): 안녕")]
    [InlineData("/확성기 안녕", "traced_world", "[감시] Straße (확성기): 안녕", "[Watch] Straße (megaphone): 안녕")]
    public void Trace_WatchedSpeaks_TheMasterGetsACopyAndTheAnswerIsTheSame(string line, string code, string korean, string english)
    {
        byte[] unwatched = _channel.RunBytes(_player, line);
        int pushed = _channel.Events.Pushed.Count;
        _channel.AssertAnswer(_master, "/감시 STRASSE", ResultStatus.Ok, "trace", "tracing", "Straße");

        Assert.Equal(unwatched, _channel.RunBytes(_player, line));

        List<(GameMessage Message, IReadOnlyList<SessionId>? Recipients)> since = [.. _channel.Events.Pushed.Skip(pushed)];
        (GameMessage copy, IReadOnlyList<SessionId>? recipients) = Assert.Single(since, one => one.Message.Room == Rooms.Trace);
        Assert.Equal(pushed + 1, since.Count);
        Assert.Equal([_master], recipients);
        Assert.Equal(("trace", code, string.Empty), (copy.Command, copy.Code, copy.Sender));
        Assert.Equal(korean, _channel.Game.Texts.Render(Language.Korean, copy.Command, copy.Code, copy.Arguments));
        Assert.Equal(english, _channel.Game.Texts.Render(Language.English, copy.Command, copy.Code, copy.Arguments));
    }

    [Theory]
    [InlineData("/감시 해제")]
    [InlineData("/trace OFF")]
    [InlineData("/감시 strasse")]
    public void Trace_Ended_CopiesNothingMore(string end)
    {
        _channel.Run(_master, "/감시 Straße");
        _channel.AssertAnswer(_master, end, ResultStatus.Ok, "trace", "trace_ended");
        _channel.Run(_player, "안녕");
        Assert.DoesNotContain(_channel.Events.Pushed, one => one.Message.Room == Rooms.Trace);
        _channel.AssertAnswer(_master, "/감시 해제", ResultStatus.Error, "trace", "not_tracing");
    }

    [Fact]
    public void Trace_WatchedLeavesAndReturns_IsStillWatchedAndCanBeLetGoMeanwhile()
    {
        _channel.Run(_master, "/감시 Straße");
        _channel.Directory.Leave(_player);
        SessionId again = _channel.LogIn(11, "straße");
        _channel.Run(again, "안녕");
        Assert.Single(_channel.Events.Pushed, one => one.Message.Room == Rooms.Trace);
        _channel.Directory.Leave(again);
        _channel.AssertAnswer(_master, "/감시 Straße", ResultStatus.Ok, "trace", "trace_ended");
    }

    [Fact]
    public void Trace_SameOrHigherTier_IsRefusedAndAHiddenHigherOneIsNotThere()
    {
        SessionId higher = _channel.EnterAs(2, 4, "Admin");
        _channel.EnterAs(1, 5, "동료");
        _channel.AssertAnswer(_master, "/감시 동료", ResultStatus.Error, "trace", "not_allowed", "동료");
        _channel.AssertAnswer(_master, "/감시 운영자", ResultStatus.Error, "trace", "not_allowed", "운영자");
        _channel.AssertAnswer(_master, "/감시 ADMIN", ResultStatus.Error, "trace", "not_allowed", "Admin");
        _channel.Directory.Hide(higher, true);
        byte[] hidden = _channel.RunBytes(_master, "/감시 ADMIN");
        _channel.Directory.Leave(higher);
        Assert.Equal(hidden, _channel.RunBytes(_master, "/감시 ADMIN"));
        _channel.AssertAnswer(_master, "/감시 ADMIN", ResultStatus.Error, "trace", "not_found", "ADMIN");
        _channel.AssertAnswer(_master, "/감시", ResultStatus.Error, "trace", "usage");
    }

    [Fact]
    public void Trace_WatchedHasRisenToTheTier_CopiesNothing()
    {
        _channel.Run(_master, "/감시 Straße");
        _channel.Directory.Leave(_player);
        SessionId risen = _channel.EnterAs(1, 12, "Straße");
        _channel.Run(risen, "안녕");
        Assert.DoesNotContain(_channel.Events.Pushed, one => one.Message.Room == Rooms.Trace);
    }

    [Fact]
    public void Trace_NoRoomForTheCopy_TheWatchedCannotTell()
    {
        _channel.Directory.Leave(_friend);
        byte[] unwatched = _channel.RunBytes(_player, "안녕");
        _channel.Run(_master, "/감시 Straße");
        _channel.Events.HasRoom = false;
        Assert.Equal(unwatched, _channel.RunBytes(_player, "안녕"));
    }

    [Fact]
    public void Trace_Texts_AreThereInBothLanguages()
    {
        Assert.Equal("이제 Straße님을 감시합니다.", _channel.RunText(_master, "/감시 Straße"));
        Assert.Equal("You watch nobody any more.", _channel.RunText(_master, "/trace off", Language.English));
        Assert.Equal("감시하는 캐릭터가 없습니다.", _channel.RunText(_master, "/감시 해제"));
        Assert.Equal("You may not watch 운영자.", _channel.RunText(_master, "/trace 운영자", Language.English));
    }

    public void Dispose()
    {
        _channel.Dispose();
        GC.SuppressFinalize(this);
    }
}
