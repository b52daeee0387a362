using Microsoft.Extensions.Logging.Abstractions;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.CPrograms;
using Shared.Protocol.Messages.Links;
using Shared.Protocol.Peers;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;
using Shared.Protocol.Wire.MessagePack;
using Testing.Support.Time;
using Testing.Support.Transports;

namespace Shared.Protocol.Tests.Peers;

/// <summary>Both sides of a link, joined by hand: what each sends is handed to the other when the test says so.</summary>
public sealed partial class LinkTests : IChannelLinkObserver, IChatPeersObserver, IDisposable
{
    private const ulong ChatGeneration = 0xC1;
    private const ulong ChannelGeneration = 0xD1;

    private static readonly Mailbox s_control = new(MailboxKind.Control, 0);
    private static readonly Mailbox s_events = new(MailboxKind.Event, 2);

    private readonly ManualTime _time = new();
    private readonly FrameCodec _codec = WireCodecs.For(WireFormat.MessagePack);
    private readonly ScriptedTransport _fromChat = new();
    private readonly ScriptedTransport _fromChannel = new();
    private readonly List<string> _seen = [];
    private readonly ChannelLink _link;
    private ChatPeers _peers;
    private Action? _onDown;
    private Action? _onSessionsEnded;

    public LinkTests()
    {
        _link = new ChannelLink(
            _fromChat, _codec, s_events.Instance, s_control.Instance, ChatGeneration, 1, new PeerOptions(), _time, this, NullLogger<ChannelLink>.Instance);
        _peers = MakePeers(ChannelGeneration);
    }

    [Fact]
    public void Start_Answered_IsUpAndAdmitted()
    {
        Connect();
        Assert.True(_link.IsUp);
        Assert.True(_peers.IsAdmitted(s_events.Instance, ChatGeneration));
        Assert.Equal(["ended 2 except c1", "up Replaced"], _seen);
    }

    [Fact]
    public void Heartbeats_Answered_ChangeNothing()
    {
        Connect();
        _seen.Clear();
        for (int i = 0; i < 100; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
            Exchange();
        }

        Assert.Empty(_seen);
        Assert.True(_link.IsUp);
    }

    [Fact]
    public void Channel_SilentForALease_IsDownUntilItAnswersAgain()
    {
        Connect();
        _seen.Clear();
        AdvanceSilently(TimeSpan.FromSeconds(3.6));
        Assert.False(_link.IsUp);
        Assert.Equal("down False", _seen[0]);
    }

    [Fact]
    public void Channel_AnswersLostOnly_ReturnsAndKnowsTheSessions()
    {
        Connect();
        _seen.Clear();
        for (int i = 0; i < 8; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
            DeliverToChannel();
            _fromChannel.Sent.Clear();
        }

        Assert.False(_link.IsUp);
        _time.Advance(TimeSpan.FromMilliseconds(500));
        Exchange();
        Assert.Equal(["down False", "up Returned"], _seen);
    }

    [Fact]
    public void Chat_SilentForALease_IsForgottenAndReadmittedLater()
    {
        Connect();
        _seen.Clear();
        AdvanceSilently(TimeSpan.FromSeconds(4));
        Assert.False(_peers.IsAdmitted(s_events.Instance, ChatGeneration));
        _time.Advance(TimeSpan.FromMilliseconds(500));
        Exchange();
        Assert.Contains("ended 2 except 0", _seen);
        Assert.Equal("up Readmitted", _seen[^1]);
    }

    [Fact]
    public void Channel_Replaced_IsKnownByItsGeneration()
    {
        Connect();
        _seen.Clear();
        _peers.Dispose();
        _peers = MakePeers(0xD2);
        _time.Advance(TimeSpan.FromMilliseconds(500));
        Exchange();
        Assert.Contains("up Replaced", _seen);
        Assert.True(_link.IsUp);
    }

    [Fact]
    public void Chat_Replaced_EndsTheSessionsOfItsPredecessorOnly()
    {
        Connect();
        _seen.Clear();
        Greet(0xC2);
        Assert.False(_peers.IsAdmitted(s_events.Instance, ChatGeneration));
        Assert.True(_peers.IsAdmitted(s_events.Instance, 0xC2));
        Assert.Equal(["ended 2 except c2"], _seen);
    }

    [Fact]
    public void Chat_SilentForALease_HasWhatWaitsForItDropped()
    {
        _fromChannel.Incarnation = 41;
        Connect();
        _fromChannel.Depth = new MailboxDepth(3, 300);
        Assert.Empty(_fromChannel.Discarded);
        AdvanceSilently(TimeSpan.FromSeconds(4));

        Assert.Equal((new DaemonClaim(DaemonRole.ChatD, s_events.Instance), 41), _fromChannel.Discarded[0]);

        // What was answered to it meanwhile goes too; one lease later nothing of it can come any more.
        AdvanceSilently(TimeSpan.FromSeconds(4));
        Assert.InRange(_fromChannel.Discarded.Count, 2, 8);
        _fromChannel.Discarded.Clear();
        AdvanceSilently(TimeSpan.FromSeconds(4));
        Assert.Empty(_fromChannel.Discarded);
    }

    [Fact]
    public void OnAnswer_ForAnotherGenerationOfChat_IsIgnored()
    {
        _link.Start();
        _link.OnAnswer(ChannelGeneration, new GreetingAnswer(1, 1, ChatGeneration + 1, 1, TakesBatches: true));
        Assert.False(_link.IsUp);
        Assert.Empty(_seen);
    }

    [Fact]
    public void Sweep_AfterAPauseOfTheProcessItself_JudgesNobodyAtOnce()
    {
        Connect();
        _seen.Clear();

        // Time passes, but none of this process's timers could fire: as if it had been stopped.
        _time.JumpTo(_time.NowNs + 30_000_000_000);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Exchange();
        Assert.Empty(_seen);
        Assert.True(_link.IsUp);
    }

    [Fact]
    public void OnAnswer_WhileTheLossIsBeingTold_IsToldAfterIt()
    {
        Connect();
        _seen.Clear();
        _onDown = () => _link.OnAnswer(ChannelGeneration, new GreetingAnswer(1, 1, ChatGeneration, 1, TakesBatches: true));
        AdvanceSilently(TimeSpan.FromSeconds(3.6));
        Assert.True(_link.IsUp);
        Assert.Equal(["down False", "up Returned"], _seen.Where(seen => !seen.StartsWith("ended", StringComparison.Ordinal)));
    }

    [Fact]
    public void Heartbeats_NobodyReadsThem_AFewOnlyTakeRoomInTheQueue()
    {
        _link.Start();
        for (int i = 0; i < 20_000; i++)
        {
            _fromChat.Depth = new MailboxDepth(_fromChat.Sent.Count, 1);
            _time.Advance(TimeSpan.FromMilliseconds(500));
        }

        Assert.InRange(_fromChat.Sent.Count, 1, 32);
    }

    [Fact]
    public void Heartbeats_NobodyReadsThem_WhoeverComesIsGreetedAgainAtOnce()
    {
        Heartbeats_NobodyReadsThem_AFewOnlyTakeRoomInTheQueue();
        Exchange();
        Assert.True(_link.IsUp);
        _fromChat.Depth = default;
        _time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Single(_fromChat.Sent);
    }

    [Fact]
    public void Heartbeats_TakenWithoutAnAnswer_GoOn()
    {
        _link.Start();
        for (int i = 0; i < 100; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
        }

        Assert.InRange(_fromChat.Sent.Count, 99, 101);
    }

    [Fact]
    public void Heartbeat_UnderWayWhenTheTransportIsDisposed_IsQuiet()
    {
        _fromChat.OnSending = _ => throw new ObjectDisposedException("the transport");
        _link.Start();
        _time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.False(_link.IsUp);
    }

    [Fact]
    public void Greet_WhileTheSessionsOfTheLapsedChatAreEnded_IsAdmittedAfterwardsOnly()
    {
        Connect();
        _onSessionsEnded = () => Greet(ChatGeneration);
        AdvanceSilently(TimeSpan.FromSeconds(4));

        // Had it been admitted before its sessions were ended, it would have announced them to a channel that forgets them right after.
        Assert.False(_peers.IsAdmitted(s_events.Instance, ChatGeneration));
        _onSessionsEnded = null;
        Greet(ChatGeneration);
        Assert.True(_peers.IsAdmitted(s_events.Instance, ChatGeneration));
    }

    void IChannelLinkObserver.OnUp(ChannelArrival arrival) => _seen.Add($"up {arrival}");

    void IChannelLinkObserver.OnDown(bool isClean)
    {
        _onDown?.Invoke();
        _seen.Add($"down {isClean}");
    }

    void IChatPeersObserver.OnSessionsEnded(int chatInstance, ulong exceptGeneration)
    {
        _onSessionsEnded?.Invoke();
        _seen.Add($"ended {chatInstance} except {exceptGeneration:x}");
    }

    public void Dispose()
    {
        _link.Dispose();
        _peers.Dispose();
    }

    private ChatPeers MakePeers(ulong generation) =>
        new(_fromChannel, _codec, channelId: 1, generation, 1, new PeerOptions(), _time, this, NullLogger<ChatPeers>.Instance);

    private void AdvanceSilently(TimeSpan by)
    {
        for (TimeSpan passed = TimeSpan.Zero; passed < by; passed += TimeSpan.FromMilliseconds(100))
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        _fromChat.Sent.Clear();
        _fromChannel.Sent.Clear();
    }

    private void Connect()
    {
        _link.Start();
        _time.Advance(TimeSpan.Zero);
        Exchange();
    }

    private void Exchange()
    {
        DeliverToChannel();
        DeliverToChat();
    }

    private void DeliverToChannel()
    {
        foreach ((Mailbox to, byte[] frame) in _fromChat.Sent.ToArray())
        {
            Assert.Equal(s_control, to);
            _peers.OnFrame(frame);
        }

        _fromChat.Sent.Clear();
    }

    private void DeliverToChat()
    {
        using var scratch = new PooledBuffer();
        foreach ((Mailbox to, byte[] frame) in _fromChannel.Sent.ToArray())
        {
            Assert.Equal(s_events, to);
            _codec.TryRead(frame, scratch, MessageKind.Control, out Envelope envelope, out ReadOnlySpan<byte> body);
            var reader = new MessagePackReader(body);
            if (MessageTypes.Peek(body) == MessageTypes.GreetingAnswer)
            {
                _link.OnAnswer(envelope.Generation, GreetingAnswer.Read(ref reader));
            }
            else
            {
                _link.OnFarewell(envelope.Generation);
            }
        }

        _fromChannel.Sent.Clear();
    }

    private void Greet(ulong generation)
    {
        using var frame = new PooledBuffer();
        _codec.Write(new Envelope { Kind = MessageKind.Control, Generation = generation }, new Greeting(s_events.Instance, 1, 0), frame);
        _peers.OnFrame(frame.WrittenSpan);
    }
}
