using ChannelD.Directory;
using ChannelD.Presence;
using ChannelD.Tests.Support;
using Shared.Protocol.Names;
using Shared.Protocol.Peers;
using Shared.Protocol.Transport;
using static ChannelD.Tests.Support.TestNames;
using ManualTime = Testing.Support.Time.ManualTime;

namespace ChannelD.Tests.Presence;

/// <summary>Two or three channelDs on a good network.</summary>
public class ChannelPresenceTests : IDisposable
{
    private static readonly MapName s_map = Map("헤네시스");
    private readonly ManualTime _time = new();
    private readonly SimNet _net;
    private readonly List<SimChannel> _channels = [];
    private readonly SimChannel _one;
    private readonly SimChannel _two;

    public ChannelPresenceTests()
    {
        _net = new SimNet(_time, new Random(1));
        _one = Start(0, 1);
        _two = Start(1, 2);
    }

    [Fact]
    public void Enter_OnOneChannel_IsKnownOnTheOtherWithoutWaitingForAHeartbeat()
    {
        Pass(2050);
        long sent = _net.Sent;
        Enter(_one, 1, "전사");
        Pass(1);
        Assert.Equal(1, Find(_two, "전사")?.Channel);
        Assert.Equal(sent + 2, _net.Sent);
        _one.Own.Leave(TestChannel.Session(1));
        Pass(1);
        Assert.Null(Find(_two, "전사"));
        Assert.Equal(["+전사", "-전사"], _two.Seen.Log);
    }

    [Fact]
    public void Idle_Heartbeats_AreFewSmallAndKeepTheLease()
    {
        Enter(_one, 1, "전사");
        Pass(1000);
        long sent = _net.Sent;
        Pass(10_000);

        // Two channelDs, two frames a second each, and an answer to each.
        Assert.InRange(_net.Sent - sent, 70, 82);
        Assert.NotNull(Find(_two, "전사"));
    }

    [Fact]
    public void Start_ManyCharacters_ArriveInBoundedFramesWhileTheyMove()
    {
        const int Characters = 100_000;
        var loner = new SimNet(_time, new Random(2));
        SimChannel full = Start(loner, 0, 3);
        for (int user = 0; user < Characters; user++)
        {
            Enter(full, user, $"전사{user}");
        }

        SimChannel late = Start(loner, 1, 4);
        MapName other = Map("페리온");
        for (int round = 0; round < 200; round++)
        {
            Pass(10);
            full.Own.Move(TestChannel.Session(round), other, TimeSpan.Zero, out _);
            full.Own.Leave(TestChannel.Session(1000 + round));
            full.Own.Leave(TestChannel.Session(Characters - 1 - round));
            Enter(full, Characters + round, $"법사{round}");
        }

        Pass(20_000);
        Assert.Equal(1024, Math.Max(1024, loner.MaxFrameSeen));
        Assert.True(loner.MaxFrameSeen > 900, "Frames are filled.");
        Assert.Equal(full.Own.Count, late.Replicas.Count);
        for (int user = 0; user < Characters; user += 97)
        {
            Assert.Equal(Find(full, $"전사{user}"), Find(late, $"전사{user}"));
        }

        for (int round = 0; round < 200; round++)
        {
            Assert.Equal("페리온", Find(late, $"전사{round}")?.Map.Display);
            Assert.Null(Find(late, $"전사{1000 + round}"));
            Assert.NotNull(Find(late, $"법사{round}"));
        }
    }

    [Fact]
    public void Enter_NameOfAnotherChannel_IsTakenUntilItsLeaseEnds()
    {
        Enter(_one, 1, "Warrior");
        Pass(1000);
        Assert.Equal(EnterStatus.NameTaken, TryEnter(_two, 2, "wARRIOR"));
        _one.Kill();
        Pass(2000);
        Assert.Equal(EnterStatus.NameTaken, TryEnter(_two, 2, "warrior"));
        Pass(2000);
        Assert.Equal(EnterStatus.Entered, TryEnter(_two, 2, "warrior"));
    }

    [Fact]
    public void Enter_SameNameOnBothBeforeEitherKnows_GoesToTheFirst()
    {
        Pass(1000);
        Enter(_one, 1, "전사");
        _time.Advance(TimeSpan.FromTicks(1));
        Enter(_two, 2, "전사");
        Pass(10);
        Assert.Equal((TestChannel.Session(2), "name_taken"), Assert.Single(_two.Events.Ended));
        Assert.Empty(_one.Events.Ended);
        Assert.Equal(0, _two.Own.Count);
        Assert.Equal(1, Find(_two, "전사")?.Session.UserId);
    }

    [Fact]
    public void Transfer_LogOutIsLost_CharacterIsGivenUpWithoutAWord()
    {
        Enter(_one, 1, "전사");
        Pass(1000);
        Assert.Equal(MoveStatus.Started, _one.Own.BeginTransfer(TestChannel.Session(1), 2));
        Pass(10);
        Assert.Equal(CharacterState.InTransfer, Find(_two, "전사")?.State);
        Assert.Equal(EnterStatus.Entered, TryEnter(_two, 1, "전사"));
        Pass(10);
        Assert.Equal(0, _one.Own.Count);
        Assert.Equal((2, CharacterState.InMap), (Find(_one, "전사")?.Channel, Find(_one, "전사")?.State));
        Pass(5000);
        Assert.Empty(_one.Events.Ended);
        Assert.Equal(["+전사"], _one.Seen.Log);
        Assert.Equal(["+전사"], _two.Seen.Log);
    }

    [Fact]
    public void Transfer_SeenFromAThirdChannelThatHearsOfTheLeavingFirst_IsNoDeparture()
    {
        SimChannel third = Start(2, 5);
        Enter(_one, 1, "전사");
        Pass(1000);
        _one.Own.BeginTransfer(TestChannel.Session(1), 2);
        _one.Own.Leave(TestChannel.Session(1));
        Pass(100);
        Assert.Null(Find(third, "전사"));
        Enter(_two, 1, "전사");
        Pass(5000);
        Assert.Equal(["+전사"], third.Seen.Log);
        _two.Own.BeginTransfer(TestChannel.Session(1), 1);
        _two.Own.Leave(TestChannel.Session(1));
        Pass(3000);
        Assert.Equal(["+전사", "-전사"], third.Seen.Log);
    }

    [Fact]
    public void Transfer_NewChannelDidNotAnswerButHasIt_ReturningWins()
    {
        Enter(_one, 1, "전사");
        Pass(1000);
        _one.Own.BeginTransfer(TestChannel.Session(1), 2);
        Enter(_two, 1, "전사");
        Assert.Equal(EnterStatus.WasThere, TryEnter(_one, 1, "전사"));
        Pass(1000);
        Assert.Equal((1, 0), (_one.Own.Count, _two.Own.Count));
        Assert.Equal(CharacterState.InMap, Find(_two, "전사")?.State);
        Assert.Empty(_two.Events.Ended);
    }

    [Fact]
    public void Hide_OnOneChannel_IsADepartureOnAll()
    {
        _one.Own.Enter(TestChannel.Session(1), Name("운영자"), 1, s_map, tier: 2, out _);
        Pass(1000);
        _one.Own.Hide(TestChannel.Session(1), isHidden: true);
        Pass(10);
        Assert.Equal(["+운영자", "-운영자"], _one.Seen.Log);
        Assert.Equal(["+운영자", "-운영자"], _two.Seen.Log);
        Assert.True(Find(_two, "운영자")?.IsHidden);
        Assert.Equal(2, Find(_two, "운영자")?.Tier);
        _one.Own.Hide(TestChannel.Session(1), isHidden: false);
        Pass(10);
        Assert.Equal(["+운영자", "-운영자", "+운영자"], _two.Seen.Log);
    }

    [Fact]
    public void Start_OthersWereThereBefore_AreNoNews()
    {
        Enter(_one, 1, "전사");
        Pass(1000);
        SimChannel third = Start(2, 5);
        Pass(1000);
        Assert.NotNull(Find(third, "전사"));
        Assert.Empty(third.Seen.Log);
        _one.Own.Leave(TestChannel.Session(1));
        Pass(10);
        Enter(_one, 2, "전사");
        Pass(10);
        Assert.Equal(["-전사", "+전사"], third.Seen.Log);
    }

    [Fact]
    public void Stop_Clean_EndsTheLeaseAtOnce()
    {
        Enter(_one, 1, "전사");
        Pass(1000);
        Assert.Equal([1, 2], _two.World.Channels);
        _one.Stop();
        Pass(1);
        Assert.Null(Find(_two, "전사"));
        Assert.Equal([2], _two.World.Channels);
        Assert.Equal((ChannelRun.Away, ChannelRun.Here, ChannelRun.Unheard), (_two.World.WhoRuns(1), _two.World.WhoRuns(2), _two.World.WhoRuns(3)));
    }

    [Fact]
    public void Pause_OfOneChannel_LeavesRoomInTheQueueOfAll()
    {
        Pass(1000);
        _two.Pause();
        for (int second = 0; second < 120; second++)
        {
            Enter(_one, second, $"전사{second}");
            Pass(1000);
        }

        // Two frames of it at full size, and small ones while nothing is read.
        Assert.InRange(_net.Depth.Bytes, 1, 4096);
        _two.Resume();
        Pass(1000);
        Assert.NotNull(Find(_two, "전사119"));
    }

    [Fact]
    public void Death_OfOneChannel_LeavesNothingInItsMailboxes()
    {
        Pass(1000);
        _two.Kill();
        Enter(_one, 1, "전사");
        Pass(10_000);
        Assert.Equal(new MailboxDepth(0, 0), _net.Depth);
    }

    [Fact]
    public void CollectWatchers_OfAllChannels_AreFound()
    {
        Enter(_one, 1, "운영자");
        Enter(_two, 2, "감시자");
        _one.Own.Trace(TestChannel.Session(1), "전사");
        _two.Own.Trace(TestChannel.Session(2), "전사");
        Pass(1000);
        var watchers = new List<Character>();
        _two.World.CollectWatchers("전사", watchers);
        Assert.Equal(["감시자", "운영자"], watchers.Select(watcher => watcher.Name.Display));
        _one.Own.Trace(TestChannel.Session(1), null);
        Pass(10);
        _two.World.CollectWatchers("전사", watchers);
        Assert.Equal(["감시자"], watchers.Select(watcher => watcher.Name.Display));
    }

    public void Dispose()
    {
        _channels.ForEach(channel => channel.Dispose());
        GC.SuppressFinalize(this);
    }

    private SimChannel Start(int instance, long incarnation) => Start(_net, instance, incarnation);

    private SimChannel Start(SimNet net, int instance, long incarnation)
    {
        _time.Advance(TimeSpan.FromTicks(1));
        var channel = new SimChannel(
            net, _time, instance, incarnation, generation: (ulong)incarnation + 100, new PeerOptions { HeartbeatMs = 500, LeaseMs = 3000 });
        _channels.Add(channel);
        channel.Start();
        return channel;
    }

    private void Pass(int ms) => _time.Advance(TimeSpan.FromMilliseconds(ms));

    private static void Enter(SimChannel channel, int userId, string name) => Assert.Equal(EnterStatus.Entered, TryEnter(channel, userId, name));

    private static EnterStatus TryEnter(SimChannel channel, int userId, string name) =>
        channel.Own.Enter(TestChannel.Session(userId), Name(name), channel.Instance + 1, s_map, out _);

    private static Character? Find(SimChannel channel, string name) =>
        channel.World.TryFind(Name(name).Key, out Sighting sighting) ? sighting.Character : null;
}
