using ChannelD.Directory;
using ChannelD.Tests.Support;
using static ChannelD.Tests.Support.TestNames;

namespace ChannelD.Tests.Directory;

public class TransferTests
{
    private static readonly SessionId s_session = TestChannel.Session(1);
    private readonly ManualTime _time = new();
    private readonly Others _others = new();
    private readonly Changes _changes = new();
    private readonly CharacterDirectory _directory;

    public TransferTests()
    {
        _directory = new CharacterDirectory(_time, maxCharacters: 10, _others);
        _directory.Listen(_changes);
    }

    [Fact]
    public void BeginTransfer_UntilItLeaves_IsInTransfer()
    {
        Enter("전사");
        Assert.Equal(MoveStatus.AlreadyThere, _directory.BeginTransfer(s_session, 1));
        Assert.Equal(MoveStatus.Started, _directory.BeginTransfer(s_session, 2));
        Assert.Equal(CharacterState.InTransfer, Find().State);
        Assert.Equal(MoveStatus.InTransfer, _directory.BeginTransfer(s_session, 3));
        Assert.Equal(MoveStatus.InTransfer, _directory.Move(s_session, Map("페리온"), TimeSpan.Zero, out _));
        Assert.Equal(MoveStatus.InTransfer, _directory.ChangeChannel(s_session, 4, TimeSpan.Zero, out _));
        Assert.Equal(MoveStatus.InTransfer, _directory.EnterCashShop(s_session));
        Assert.True(_directory.Leave(s_session));
        Assert.Equal(CharacterState.InTransfer, _changes.Last.Character.State);
        Assert.True(_changes.Last.IsGone);
    }

    [Fact]
    public void BeginTransfer_NobodyCares_EndsAfterAWhile()
    {
        Enter("전사");
        _directory.BeginTransfer(s_session, 2);
        _time.Advance(TimeSpan.FromMilliseconds(CharacterDirectory.TransferMs - 1));
        Assert.Equal(CharacterState.InTransfer, Find().State);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal((CharacterState.InMap, 1, 0L), (Find().State, Find().Channel, Find().TransferUntilNs));
        Assert.Equal(MoveStatus.Started, _directory.BeginTransfer(s_session, 2));
    }

    [Fact]
    public void BeginTransfer_InTheCashShopOrWithoutSession_IsRefused()
    {
        Assert.Equal(MoveStatus.NoSession, _directory.BeginTransfer(s_session, 2));
        Enter("전사");
        _directory.EnterCashShop(s_session);
        Assert.Equal(MoveStatus.InCashShop, _directory.BeginTransfer(s_session, 2));
    }

    [Fact]
    public void Enter_SameSessionAgain_CancelsItsTransferAndCountsAsLater()
    {
        Enter("전사");
        long enteredAtNs = Find().EnteredAtNs;
        _directory.BeginTransfer(s_session, 2);
        _time.Advance(TimeSpan.FromMilliseconds(5));
        Assert.Equal(EnterStatus.WasThere, Enter("전사"));
        Assert.Equal((CharacterState.InMap, 1), (Find().State, Find().Channel));
        Assert.True(Find().EnteredAtNs > enteredAtNs);
        Assert.Equal(MoveStatus.Done, _directory.Move(s_session, Map("페리온"), TimeSpan.Zero, out _));
    }

    [Fact]
    public void Enter_SameSessionForTheChannelItIsOnItsWayTo_IsThere()
    {
        Enter("전사");
        _directory.BeginTransfer(s_session, 7);
        Assert.Equal(EnterStatus.WasThere, Enter("전사", channel: 7));
        Assert.Equal((CharacterState.InMap, 7), (Find().State, Find().Channel));
        Assert.Equal(1, _directory.List(7, Map("헤네시스"), 10).Total);
        Assert.Equal(0, _directory.List(1, Map("헤네시스"), 10).Total);
    }

    [Fact]
    public void ChangeChannel_WithinThisChannelD_KeepsTheMapAndLoadsIt()
    {
        Enter("전사");
        Assert.Equal(MoveStatus.AlreadyThere, _directory.ChangeChannel(s_session, 1, TimeSpan.Zero, out _));
        Assert.Equal(MoveStatus.Done, _directory.ChangeChannel(s_session, 2, TimeSpan.Zero, out Character moved));
        Assert.Equal((2, "헤네시스"), (moved.Channel, moved.Map.Display));
        Assert.Equal(MoveStatus.Started, _directory.ChangeChannel(s_session, 3, TimeSpan.FromMilliseconds(100), out moved));
        Assert.Equal((3, CharacterState.InTransfer), (moved.Channel, moved.State));
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal((3, CharacterState.InMap), (Find().Channel, Find().State));
        Assert.Equal(1, _directory.List(3, Map("헤네시스"), 10).Total);
    }

    [Fact]
    public void Enter_NameOfAnotherChannelD_IsTakenUnlessItIsTheSameSession()
    {
        _others.Character = new Character(Name("전사"), TestChannel.Session(2), 2, Map("m"), CharacterState.InMap, EnteredAtNs: 1_000_000_000_000);
        Assert.Equal(EnterStatus.NameTaken, Enter("전사"));
        _others.Character = _others.Character with { Session = s_session };
        Assert.Equal(EnterStatus.Entered, Enter("전사"));
        Assert.Equal(1_000_000_000_001, Find().EnteredAtNs);
    }

    [Fact]
    public void Changes_OfEveryKind_AreTold()
    {
        Enter("전사");
        Assert.Equal(1, _changes.Count);
        Enter("전사");
        _directory.Hide(s_session, isHidden: false);
        _directory.Trace(s_session, null);
        _directory.LeaveCashShop(s_session);
        _directory.Move(s_session, Map("헤네시스"), TimeSpan.Zero, out _);
        Assert.Equal(1, _changes.Count);
        Action[] changes =
        [
            () => _directory.Hide(s_session, isHidden: true),
            () => _directory.Trace(s_session, "가"),
            () => _directory.Move(s_session, Map("페리온"), TimeSpan.Zero, out _),
            () => _directory.ChangeChannel(s_session, 2, TimeSpan.Zero, out _),
            () => _directory.EnterCashShop(s_session),
            () => _directory.LeaveCashShop(s_session),
            () => _directory.BeginTransfer(s_session, 3),
        ];
        foreach (Action change in changes)
        {
            int before = _changes.Count;
            change();
            Assert.Equal(before + 1, _changes.Count);
            Assert.Equal((Find(), false), _changes.Last);
        }

        _directory.EndSessionsOf(0, exceptGeneration: 0);
        Assert.True(_changes.Last.IsGone);
    }

    [Fact]
    public void List_HiddenAboveTheTier_IsNeitherListedNorCounted()
    {
        _directory.Enter(s_session, Name("가"), 1, Map("m"), tier: 2, out _);
        _directory.Enter(TestChannel.Session(2), Name("나"), 1, Map("m"), tier: 0, out _);
        _directory.Enter(TestChannel.Session(3), Name("다"), 1, Map("m"), tier: 1, out _);
        _directory.Hide(s_session, isHidden: true);
        Assert.Equal(["나", "다"], _directory.List(1, Map("m"), 10, tier: 1).Names);
        Assert.Equal(2, _directory.List(1, Map("m"), 10, tier: 0).Total);
        Assert.Equal(["나"], _directory.List(1, Map("m"), 1, tier: 0).Names);
        Assert.Equal(3, _directory.List(1, Map("m"), 10, tier: 2).Total);
        _directory.EnterCashShop(s_session);
        Assert.Equal(2, _directory.List(1, Map("m"), 10, tier: 0).Total);
        _directory.LeaveCashShop(s_session);
        _directory.Leave(TestChannel.Session(2));
        _directory.Leave(TestChannel.Session(3));
        RoomList alone = _directory.List(1, Map("m"), 10, tier: 0);
        Assert.Equal((0, 0), (alone.Total, alone.Names.Count));
        var sessions = new List<SessionId>();
        _directory.CollectSessions(1, Map("m"), sessions);
        Assert.Equal([s_session], sessions);
    }

    private EnterStatus Enter(string name, int channel = 1) => _directory.Enter(s_session, Name(name), channel, Map("헤네시스"), out _);

    private Character Find()
    {
        Assert.True(_directory.TryGetPlayed(s_session, out Character character));
        return character;
    }

    private sealed class Others : IOtherChannels
    {
        public Character Character { get; set; }

        public bool TryFindElsewhere(ReadOnlySpan<char> key, out Character character)
        {
            character = Character;
            return key.SequenceEqual(Character.Name.Key);
        }
    }

    private sealed class Changes : IDirectoryListener
    {
        public int Count { get; private set; }

        public (Character Character, bool IsGone) Last { get; private set; }

        public void OnChanged(in Character character, bool isGone)
        {
            Count++;
            Last = (character, isGone);
        }
    }
}
