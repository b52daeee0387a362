using ChatD.Events;
using ChatD.Sessions;
using Microsoft.Extensions.Logging.Abstractions;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.CPrograms;
using Shared.Protocol.Messages.Events;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Names;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;
using Testing.Support.Time;
using Testing.Support.Transports;

namespace ChatD.Tests.Events;

/// <summary>From what a channelD pushes to the sessions.</summary>
public sealed class EventFanOutTests : IDisposable
{
    private const ulong Channel = 0xD1;

    private readonly ManualTime _time = new();
    private readonly ScriptedTransport _transport = new();
    private readonly SessionRegistry _sessions = new(firstId: 1);
    private readonly EventFanOut _fanOut;
    private readonly List<EventLink> _links = [];

    public EventFanOutTests() => _fanOut = new EventFanOut(
        _sessions,
        _ => TestEvents.Texts,
        new ReportSender(_transport, WireCodecs.For(WireFormat.MessagePack), generation: 0xC1, chatInstance: 3),
        (_, ended) => _sessions.Find(ended.UserId)?.Lose(ended.Code),
        _time,
        NullLogger.Instance);

    [Fact]
    public void OnEvent_ToSomeSessions_IsShownToThoseAlone()
    {
        (PlayerSession one, EventLink first) = LogIn("하나");
        (PlayerSession two, EventLink second) = LogIn("둘");
        (_, EventLink third) = LogIn("셋");
        _fanOut.OnEvent(0, Channel, TestEvents.Pushed(1, "x", one.Id, two.Id, 999));
        Assert.Equal((1, 1, 0), (first.Take().Count, second.Take().Count, third.Take().Count));
    }

    [Fact]
    public void OnEvent_ToEverybody_IsShownToAllWhoAreInTheGame()
    {
        (_, EventLink first) = LogIn("하나");
        (PlayerSession two, EventLink second) = LogIn("둘");
        two.IsInGame = false;
        _fanOut.OnEvent(0, Channel, TestEvents.Pushed(1, "x"));
        Assert.Equal((1, 0), (first.Take().Count, second.Take().Count));
    }

    [Fact]
    public void OnEvent_SenderIsBlocked_IsNotShownAndUsesNoNumber()
    {
        (PlayerSession one, EventLink link) = LogIn("하나");
        _fanOut.OnUpdate(0, Channel, new SessionUpdate(1, one.Id, [KeyOf("가")], 0xC1));
        _fanOut.OnEvent(0, Channel, TestEvents.Pushed(2, "blocked", one.Id));
        _fanOut.OnEvent(0, Channel, TestEvents.Pushed(3, "other", one.Id) with { Sender = "나" });
        _fanOut.OnUpdate(0, Channel, new SessionUpdate(4, one.Id, [], 0xC1));
        _fanOut.OnEvent(0, Channel, TestEvents.Pushed(5, "again", one.Id));
        Assert.Equal([("other", 1UL), ("again", 2UL)], link.Take().Select(shown => (shown.Arguments[1], shown.Number)));
    }

    [Fact]
    public void OnEvent_Gap_EverybodyIsTold()
    {
        (PlayerSession one, EventLink first) = LogIn("하나");
        (_, EventLink second) = LogIn("둘");
        _fanOut.OnEvent(0, Channel, TestEvents.Pushed(1, "x", one.Id));
        _fanOut.OnEvent(0, Channel, TestEvents.Pushed(4, "y", one.Id));
        Assert.Equal(["said", "events_missed", "said"], first.Take().Select(shown => shown.Code));
        ServerEvent mark = Assert.Single(second.Take());
        Assert.Equal(("events_missed", Rooms.System, 1UL), (mark.Code, mark.Room, mark.Number));
        Assert.Equal("일부 메시지를 받지 못했을 수 있습니다.", mark.Text);
    }

    [Fact]
    public void OnEvent_OldOrOfAnEarlierRunOfThisChat_IsDropped()
    {
        (PlayerSession one, EventLink link) = LogIn("하나");
        _fanOut.OnEvent(0, Channel, TestEvents.Pushed(57, "stale", one.Id) with { ChatGeneration = 0xC0 });
        _fanOut.OnEvent(0, Channel, TestEvents.Pushed(1, "x", one.Id));
        _fanOut.OnEvent(0, Channel, TestEvents.Pushed(1, "twice", one.Id));
        Assert.Equal("x", Assert.Single(link.Take()).Arguments[1]);
    }

    [Fact]
    public void OnEvent_ChannelsHaveStreamsOfTheirOwn()
    {
        (PlayerSession one, EventLink link) = LogIn("하나");
        _fanOut.OnEvent(0, Channel, TestEvents.Pushed(1, "a", one.Id));
        _fanOut.OnEvent(5, Channel + 1, TestEvents.Pushed(1, "b", one.Id));
        _fanOut.OnEvent(0, Channel, TestEvents.Pushed(2, "c", one.Id));
        _fanOut.OnEvent(0, Channel + 2, TestEvents.Pushed(1, "d", one.Id));
        Assert.Equal(["a", "b", "c", "d"], link.Take().Select(shown => shown.Arguments[1]));
    }

    [Theory]
    [InlineData(false, false, DeliveryStatus.Taken)]
    [InlineData(true, false, DeliveryStatus.Blocked)]
    [InlineData(false, true, DeliveryStatus.Gone)]
    public void OnEvent_ReportWanted_IsSent(bool isBlocked, bool isGone, DeliveryStatus expected)
    {
        (PlayerSession one, _) = LogIn("하나");
        one.Block(isBlocked ? [KeyOf("가")] : null);
        GameEvent whisper = TestEvents.Pushed(1, "x", isGone ? one.Id + 1 : one.Id) with { DeliveryId = 9, Room = Rooms.Whisper };
        _fanOut.OnEvent(4, Channel, whisper);
        (Mailbox to, byte[] frame) = Assert.Single(_transport.Sent);
        Assert.Equal(new Mailbox(MailboxKind.Control, 4), to);
        Assert.Equal(FrameFault.None, EnvelopeFormat.TryRead(frame, out Envelope envelope, out ReadOnlySpan<byte> body));
        Assert.Equal((MessageKind.Control, 0xC1UL), (envelope.Kind, envelope.Generation));
        var reader = new MessagePackReader(body);
        Assert.Equal(new DeliveryReport(3, Channel, 9, expected), DeliveryReport.Read(ref reader));
        Assert.Equal(expected == DeliveryStatus.Taken ? "가" : null, one.LastWhisperFrom);
    }

    [Fact]
    public void OnEvent_NotAWhisper_IsNobodyToAnswer()
    {
        (PlayerSession one, _) = LogIn("하나");
        _fanOut.OnEvent(0, Channel, TestEvents.Pushed(1, "x", one.Id));
        Assert.Null(one.LastWhisperFrom);
        Assert.Empty(_transport.Sent);
    }

    [Fact]
    public void OnEnded_EndsTheSession()
    {
        PlayerSession? lost = null;
        Assert.True(CharacterName.TryParse("하나", out CharacterName name, out _));
        PlayerSession one = _sessions.TryAdd(name, 1, "광장", Language.Korean, session => lost = session, out _)!;
        _fanOut.OnEnded(0, Channel, new SessionEnded(1, one.Id, "name_taken", 0xC1));
        Assert.Same(one, lost);
    }

    [Fact]
    public void OnEvent_ToAThousand_EncodesOnceForEachLanguage()
    {
        PlayerSession[] sessions = [.. Enumerable.Range(0, 1000).Select(number => LogIn($"가{number}").Session)];
        int[] users = [.. sessions.Select(session => session.Id)];
        var toOne = new CountedArguments("가", "x");
        var toAll = new CountedArguments("가", "x");
        _fanOut.OnEvent(0, Channel, TestEvents.Pushed(1, string.Empty, users[0]) with { Arguments = toOne });
        _fanOut.OnEvent(0, Channel, TestEvents.Pushed(2, string.Empty, users) with { Arguments = toAll });
        Assert.True(toOne.Reads > 0);
        Assert.Equal(toOne.Reads, toAll.Reads);
        Assert.Equal([1UL, 2UL], _links[0].Take().Select(shown => shown.Number));
        foreach (EventLink link in _links.Skip(1))
        {
            ServerEvent shown = Assert.Single(link.Take());
            Assert.Equal((1UL, "가: x"), (shown.Number, shown.Text));
        }
    }

    public void Dispose()
    {
        _fanOut.Dispose();
        _links.ForEach(link => link.Dispose());
    }

    /// <summary>Counts how often somebody made something of them.</summary>
    private sealed class CountedArguments(params string[] arguments) : IReadOnlyList<string>
    {
        public int Reads { get; private set; }

        public int Count => arguments.Length;

        public string this[int index]
        {
            get
            {
                Reads++;
                return arguments[index];
            }
        }

        public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)arguments).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private static string KeyOf(string name) => CharacterName.TryParse(name, out CharacterName parsed, out _) ? parsed.Key : string.Empty;

    private (PlayerSession Session, EventLink Link) LogIn(string name)
    {
        Assert.True(CharacterName.TryParse(name, out CharacterName parsed, out _));
        PlayerSession session = _sessions.TryAdd(parsed, 1, "광장", Language.Korean, _ => { }, out _)!;
        session.Events = new SessionEvents(Language.Korean, isResumable: true, new MonotonicClock(_time));
        session.IsInGame = true;
        var link = new EventLink();
        _links.Add(link);
        session.Events.Open(link.Outgoing);
        return (session, link);
    }
}
