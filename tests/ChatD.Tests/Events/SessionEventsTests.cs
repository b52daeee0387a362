using ChatD.Events;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Events;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;
using Testing.Support.Time;

namespace ChatD.Tests.Events;

/// <summary>What one session is shown, over its connections.</summary>
public sealed class SessionEventsTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void TryGive_OnAConnection_ComesWithTheNextNumberAndAll()
    {
        SessionEvents events = Make();
        using EventLink link = Open(events);
        Assert.True(events.TryGive(Said("안녕")));
        Assert.True(events.TryGive(Said("hi", Rooms.Whisper)));
        List<ServerEvent> shown = link.Take();
        Assert.Equal([1UL, 2UL], shown.Select(one => one.Number));
        Assert.Equal(["가: 안녕", "가: hi"], shown.Select(one => one.Text));
        Assert.Equal((Rooms.Map, "said", "가"), (shown[0].Room, shown[0].Code, shown[0].Sender));
        Assert.Equal(["가", "안녕"], shown[0].Arguments);
    }

    [Fact]
    public void TryGive_TwoLanguages_EachReadsHisOwnOfOneEvent()
    {
        SessionEvents korean = Make();
        SessionEvents english = Make(Language.English);
        using EventLink first = Open(korean);
        using EventLink second = Open(english);
        SharedEvent shared = Said("x");
        _ = english.TryGive(Said("before"));
        _ = english.TryGive(shared);
        _ = korean.TryGive(shared);
        Assert.Equal(("가: x", 1UL), Only(first.Take()));
        Assert.Equal(("가 says x", 2UL), Only(second.Take().Skip(1)));
        Assert.Same(shared.FrameIn(Language.Korean), shared.FrameIn(Language.Korean));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TryGive_BeforeTheGreeting_ComesBehindIt(bool isResumable)
    {
        SessionEvents events = Make(isResumable: isResumable);
        Assert.True(events.TryGive(Said("early")));
        using EventLink link = Open(events);
        Assert.True(events.TryGive(Said("late")));
        Assert.Equal(["가: early", "가: late"], link.Take().Select(one => one.Text));
    }

    [Fact]
    public void TryGive_WhileDetached_IsKeptForTheNextConnection()
    {
        SessionEvents events = Make();
        using EventLink first = Open(events);
        Assert.True(events.TryGive(Said("1")));
        Assert.True(events.TryGive(Said("2")));
        events.Close(first.Outgoing);
        Assert.True(events.TryGive(Said("3")));
        using EventLink second = Open(events, lastNumber: 1);
        Assert.True(events.TryGive(Said("4")));
        Assert.Equal([1UL, 2UL], first.Take().Select(one => one.Number));
        Assert.Equal([2UL, 3UL, 4UL], second.Take().Select(one => one.Number));
        Assert.Equal(0UL, events.Prepare(4));
    }

    [Fact]
    public void Close_OfAnEarlierConnection_ChangesNothing()
    {
        SessionEvents events = Make();
        using EventLink first = Open(events);
        using EventLink second = Open(events);
        events.Close(first.Outgoing);
        Assert.True(events.TryGive(Said("x")));
        Assert.Single(second.Take());
    }

    [Fact]
    public void TryGive_SessionThatEndsWithItsConnection_KeepsNothingOnceItIsOpen()
    {
        SessionEvents events = Make(isResumable: false);
        using EventLink first = Open(events);
        Assert.True(events.TryGive(Said("x")));
        using EventLink second = Open(events);
        Assert.Empty(second.Take());
    }

    [Fact]
    public void Confirm_ByALine_IsNotSentAgain()
    {
        SessionEvents events = Make();
        using EventLink first = Open(events);
        _ = events.TryGive(Said("1"));
        _ = events.TryGive(Said("2"));
        events.Confirm(1);
        using EventLink second = Open(events);
        Assert.Equal([2UL], second.Take().Select(one => one.Number));
    }

    [Fact]
    public void Prepare_MoreThanIsKept_TellsOfTheLoss()
    {
        SessionEvents events = Make();
        using EventLink first = Open(events);
        events.Close(first.Outgoing);
        for (int i = 0; i < KeptEvents.MaxPerRoom + 3; i++)
        {
            _ = events.TryGive(Said("x"));
        }

        Assert.Equal(3UL, events.Prepare(0));
        using var second = new EventLink();
        events.Open(second.Outgoing);
        Assert.Equal(Enumerable.Range(4, KeptEvents.MaxPerRoom).Select(number => (ulong)number), second.Take().Select(one => one.Number));
    }

    [Fact]
    public void Prepare_TooLongAway_TellsOfTheLoss()
    {
        SessionEvents events = Make();
        using EventLink first = Open(events);
        events.Close(first.Outgoing);
        _ = events.TryGive(Said("x"));
        _time.Advance(TimeSpan.FromMinutes(16));
        _ = events.TryGive(Said("y"));
        Assert.Equal(1UL, events.Prepare(0));
        using var second = new EventLink();
        events.Open(second.Outgoing);
        Assert.Equal([2UL], second.Take().Select(one => one.Number));
    }

    [Fact]
    public void TryGive_PlayerDoesNotRead_IsCutOffAndFindsItLater()
    {
        SessionEvents events = Make();
        using var slow = new EventLink(maxBytes: 4096, pauseBytes: 64);
        events.Open(slow.Outgoing);
        int given = 0;
        while (slow.Overflows == 0)
        {
            Assert.True(events.TryGive(Said("x")));
            Assert.True(++given < KeptEvents.MaxPerRoom);
        }

        Assert.True(events.TryGive(Said("after")));
        Assert.Equal(1, slow.Overflows);
        events.Close(slow.Outgoing);

        // More than may wait for one who does not read: what was kept is not his fault.
        using var next = new EventLink(maxBytes: 4096, pauseBytes: 64);
        Assert.Equal(0UL, events.Prepare(0));
        events.Open(next.Outgoing);
        var shown = new List<ServerEvent>();
        while (shown.Count <= given)
        {
            List<ServerEvent> some = next.Take();
            Assert.NotEmpty(some);
            shown.AddRange(some);
        }

        Assert.Equal(Enumerable.Range(1, given + 1).Select(number => (ulong)number), shown.Select(one => one.Number));
        Assert.Equal(0, next.Overflows);
    }

    [Fact]
    public void Miss_BeforeTheGreeting_IsNothing_AfterIt_IsAnEventOfItsOwn()
    {
        SessionEvents events = Make();
        var mark = new SharedEvent(Rooms.System, string.Empty, "events_missed", [], string.Empty, TestEvents.Texts, 0);
        events.Miss(mark);
        using EventLink link = Open(events);
        _ = events.TryGive(Said("1"));
        events.Miss(mark);
        _ = events.TryGive(Said("3"));
        Assert.Equal([("said", 1UL), ("events_missed", 2UL), ("said", 3UL)], link.Take().Select(one => (one.Code, one.Number)));
    }

    [Fact]
    public void End_NothingIsTakenAnyMore()
    {
        SessionEvents events = Make();
        using EventLink link = Open(events);
        events.End();
        Assert.False(events.TryGive(Said("x")));
        events.Open(link.Outgoing);
        Assert.False(events.TryGive(Said("x")));
        Assert.Empty(link.Take());
    }

    private static (string Text, ulong Number) Only(IEnumerable<ServerEvent> shown)
    {
        ServerEvent one = Assert.Single(shown);
        return (one.Text, one.Number);
    }

    private SharedEvent Said(string text, string room = Rooms.Map) => TestEvents.Said(text, room, _time.NowNs);

    private SessionEvents Make(Language language = Language.Korean, bool isResumable = true) =>
        new(language, isResumable, new MonotonicClock(_time));

    private static EventLink Open(SessionEvents events, ulong lastNumber = 0)
    {
        var link = new EventLink();
        _ = events.Prepare(lastNumber);
        events.Open(link.Outgoing);
        return link;
    }
}
