using ChannelD.Directory;
using ChannelD.Presence;
using ChannelD.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Shared.Protocol.Messages.Presence;
using Shared.Protocol.Peers;
using static ChannelD.Tests.Support.TestNames;

namespace ChannelD.Tests.Presence;

public class PresenceReplicaTests : IReplicaListener
{
    private const int OwnId = 1;
    private const int PeerId = 2;
    private const ulong First = 0xF1;
    private const ulong Second = 0x52;
    private const PresenceFlags Whole = PresenceFlags.Reset | PresenceFlags.Complete;

    private readonly Testing.Support.Time.ManualTime _time = new();
    private readonly ReplicaDirectory _replicas;
    private readonly PresenceReplica _replica;
    private readonly List<string> _changes = [];

    public PresenceReplicaTests()
    {
        _replicas = new ReplicaDirectory(_time);
        _replica = new PresenceReplica(OwnId, _replicas, this, new PeerOptions { HeartbeatMs = 500, LeaseMs = 3000 }, _time, NullLogger.Instance);
    }

    void IReplicaListener.OnReplicaChanged(in Character character, bool isGone) => _changes.Add((isGone ? "-" : "+") + character.Name.Display);

    [Fact]
    public void Take_Snapshot_IsFoundAndAnswered()
    {
        Assert.Equal(new PresenceAck(OwnId, First, 7, WantsSnapshot: false), Take(First, 7, Whole, Entry("전사", map: "페리온")));
        Assert.True(_replicas.TryFind("전사", out Sighting sighting));
        Assert.Equal((PeerId, "페리온", SightingSource.Replica), (sighting.Character.Channel, sighting.Character.Map.Display, sighting.Source));
        Assert.Equal(["+전사"], _changes);
    }

    [Fact]
    public void Take_ChangesOfAnUnknownRun_AsksForASnapshot()
    {
        Assert.True(Take(First, 7, PresenceFlags.None, Entry("전사"))?.WantsSnapshot);
        Assert.False(_replicas.TryFind("전사", out _));
    }

    [Fact]
    public void Take_Gap_AsksForASnapshotAndChangesNothing()
    {
        Take(First, 1, Whole, Entry("전사"));
        Assert.True(Take(First, 3, PresenceFlags.None, Gone("전사"))?.WantsSnapshot);
        Assert.True(_replicas.TryFind("전사", out _));
        Assert.False(Take(First, 4, Whole, Entry("법사"))?.WantsSnapshot);
        Assert.False(_replicas.TryFind("전사", out _));
        Assert.True(_replicas.TryFind("법사", out _));
    }

    [Fact]
    public void Take_FrameTwice_IsAnsweredTwiceAndTakenOnce()
    {
        Take(First, 1, Whole, Entry("전사"));
        Take(First, 2, PresenceFlags.None, Gone("전사"));
        Assert.Equal(new PresenceAck(OwnId, First, 1, WantsSnapshot: false), Take(First, 1, Whole, Entry("전사")));
        Assert.False(_replicas.TryFind("전사", out _));
    }

    [Fact]
    public void Take_SnapshotInPieces_RemovesWhomItDidNotRenewAtItsEnd()
    {
        Take(First, 1, Whole, Entry("a"), Entry("b"), Entry("c"));
        Take(First, 2, PresenceFlags.Reset, Entry("b"));
        Assert.True(_replicas.TryFind("a", out _));
        Take(First, 3, PresenceFlags.None, Entry("d"));
        Assert.True(_replicas.TryFind("c", out _));
        _changes.Clear();
        Take(First, 4, PresenceFlags.Complete);
        Assert.Equal(["-a", "-c"], _changes.Order(StringComparer.Ordinal));
        Assert.Equal(2, _replicas.Count);
    }

    [Fact]
    public void Take_LaterGeneration_EndsTheEarlierOneAtOnceAndForEver()
    {
        Take(First, 1, Whole, Entry("전사"));
        Assert.True(Take(Second, 1, PresenceFlags.None, startedAtNs: 20)?.WantsSnapshot);
        Assert.False(_replicas.TryFind("전사", out _));
        Take(Second, 2, Whole, startedAtNs: 20, entries: Entry("법사"));
        Assert.Null(Take(First, 2, Whole, Entry("전사")));
        Assert.Null(Take(First, 3, PresenceFlags.Farewell));
        Assert.False(_replicas.TryFind("전사", out _));
        Assert.True(_replicas.TryFind("법사", out _));
    }

    [Fact]
    public void Take_GenerationThatWasNeverMetButStartedEarlier_ChangesNothing()
    {
        Take(Second, 1, Whole, startedAtNs: 20, entries: Entry("법사"));
        Assert.Null(Take(0xBAD, 9, Whole, startedAtNs: 19, entries: Entry("전사")));
        Assert.False(_replicas.TryFind("전사", out _));
        Assert.True(_replicas.TryFind("법사", out _));
    }

    [Fact]
    public void Take_Farewell_EndsItAtOnce()
    {
        Take(First, 1, Whole, Entry("전사"));
        Assert.Null(Take(First, 2, Whole | PresenceFlags.Farewell));
        Assert.False(_replicas.TryFind("전사", out Sighting sighting));
        Assert.NotEqual(SightingSource.Expired, sighting.Source);
        Assert.Equal(["+전사", "-전사"], _changes);
        Assert.Null(Take(First, 3, Whole, Entry("전사")));
        Assert.False(_replicas.TryFind("전사", out _));
    }

    [Fact]
    public void Sweep_SilentForALease_IsExpiredAndForgottenLater()
    {
        Take(First, 1, Whole, Entry("전사"));
        Pass(3000);
        Assert.True(_replicas.TryFind("전사", out Sighting sighting));
        Assert.Equal(3000, sighting.AgeMs);
        Pass(500);
        Assert.False(_replicas.TryFind("전사", out sighting));
        Assert.Equal((SightingSource.Expired, "전사"), (sighting.Source, sighting.Character.Name.Display));
        Assert.Equal(["+전사", "-전사"], _changes);
        Pass(60_500);
        Assert.Equal(0, _replicas.Count);
    }

    [Fact]
    public void Sweep_AfterStandingStill_WaitsOnceMore()
    {
        Take(First, 1, Whole, Entry("전사"));
        _replica.Sweep();
        _time.Advance(TimeSpan.FromSeconds(10));
        _replica.Sweep();
        Assert.True(_replicas.TryFind("전사", out _));
        Take(First, 2, PresenceFlags.None);
        Pass(1000);
        Assert.True(_replicas.TryFind("전사", out _));
        Pass(3000);
        Assert.False(_replicas.TryFind("전사", out _));
    }

    [Fact]
    public void Take_AfterTheLease_NeedsASnapshotThatWasSentSince()
    {
        Take(First, 1, Whole, Entry("전사"));
        long sentAtNs = _time.NowNs;
        Pass(3500);
        Assert.True(Take(First, 2, PresenceFlags.None)?.WantsSnapshot);
        Assert.True(Take(First, 3, Whole, sentAtNs, Entry("전사"))?.WantsSnapshot);
        Assert.False(_replicas.TryFind("전사", out _));
        Assert.False(Take(First, 4, Whole, Entry("전사"))?.WantsSnapshot);
        Assert.True(_replicas.TryFind("전사", out _));
        Assert.Equal(1, _replicas.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(OwnId)]
    [InlineData(257)]
    [InlineData(-1)]
    public void Take_SenderThatCannotBe_IsDropped(int channelId)
    {
        var update = new PresenceUpdate(channelId, 10, 1, Whole, _time.NowNs, [Entry("전사")]);
        Assert.Null(_replica.Take(First, update));
        Assert.Equal(0, _replicas.Count);
    }

    [Fact]
    public void Take_NameThatIsNone_IsPassedOver()
    {
        Assert.False(Take(First, 1, Whole, Entry("a b"), Entry("\u3164"), Entry("전사", map: ""), Entry("법사"))?.WantsSnapshot);
        Assert.Equal(1, _replicas.Count);
        Assert.True(_replicas.TryFind("법사", out _));
    }

    [Fact]
    public void TryFind_TransferThatIsOver_IsInItsMap()
    {
        PresenceEntry entry = Entry("전사") with { State = (int)CharacterState.InTransfer, TransferUntilNs = _time.NowNs + 1_000_000 };
        Take(First, 1, Whole, entry);
        Assert.True(_replicas.TryFind("전사", out Sighting sighting));
        Assert.Equal(CharacterState.InTransfer, sighting.Character.State);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(_replicas.TryFind("전사", out sighting));
        Assert.Equal((CharacterState.InMap, 0L), (sighting.Character.State, sighting.Character.TransferUntilNs));
    }

    [Theory]
    [InlineData(true, 10, 20, 20)]
    [InlineData(true, 20, 10, 20)]
    [InlineData(false, 10, 20, 10)]
    [InlineData(false, 20, 10, 10)]
    public void TryFind_TwoClaims_FollowsPrecedenceWhateverCameFirst(bool isSameSession, long ofPeer, long ofOther, long winner)
    {
        PresenceEntry peers = Entry("전사") with { EnteredAtNs = ofPeer };
        PresenceEntry others = Entry("전사") with { EnteredAtNs = ofOther, UserId = isSameSession ? peers.UserId : 99, Channel = 3 };
        Take(First, 1, Whole, peers);
        _replica.Take(Second, new PresenceUpdate(3, 10, 1, Whole, _time.NowNs, [others]));
        Assert.True(_replicas.TryFind("전사", out Sighting sighting));
        Assert.Equal(winner, sighting.Character.EnteredAtNs);

        // Whoever wins goes: the other one counts again.
        bool peerWins = winner == ofPeer;
        _ = peerWins
            ? Take(First, 2, PresenceFlags.None, Gone("전사"))
            : _replica.Take(Second, new PresenceUpdate(3, 10, 2, PresenceFlags.None, _time.NowNs, [Gone("전사")]));
        Assert.True(_replicas.TryFind("전사", out sighting));
        Assert.Equal(peerWins ? ofOther : ofPeer, sighting.Character.EnteredAtNs);
    }

    private void Pass(int ms)
    {
        for (; ms > 0; ms -= 500)
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
            _replica.Sweep();
        }
    }

    private PresenceAck? Take(ulong generation, ulong number, PresenceFlags flags, params PresenceEntry[] entries) =>
        Take(generation, number, flags, _time.NowNs, entries);

    private PresenceAck? Take(ulong generation, ulong number, PresenceFlags flags, long sentAtNs, params PresenceEntry[] entries) =>
        _replica.Take(generation, new PresenceUpdate(PeerId, StartedAtNs: 10, number, flags, sentAtNs, entries));

    private PresenceAck? Take(ulong generation, ulong number, PresenceFlags flags, int startedAtNs, params PresenceEntry[] entries) =>
        _replica.Take(generation, new PresenceUpdate(PeerId, startedAtNs, number, flags, _time.NowNs, entries));

    private static PresenceEntry Entry(string name, string map = "헤네시스") => new(
        name, (int)CharacterState.InMap, IsHidden: false, IsRemoved: false, 0, TestChannel.Generation, 1, PeerId, map, 5, 0, 0, string.Empty);

    private static PresenceEntry Gone(string name) => PresenceEntries.OfRemoved(Name(name), CharacterState.InMap);
}
