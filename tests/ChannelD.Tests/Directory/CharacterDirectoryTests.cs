using ChannelD.Directory;
using ChannelD.Tests.Support;
using static ChannelD.Tests.Support.TestNames;

namespace ChannelD.Tests.Directory;

public class CharacterDirectoryTests
{
    private readonly ManualTime _time = new();
    private readonly CharacterDirectory _directory;

    public CharacterDirectoryTests() => _directory = new CharacterDirectory(_time, maxCharacters: 100);

    [Fact]
    public void Enter_NewName_IsFoundInItsMap()
    {
        Assert.Equal(EnterStatus.Entered, Enter(1, "전사", out Character entered));
        Assert.True(_directory.TryFind("전사", out Character found));
        Assert.Equal(entered, found);
        Assert.Equal((1, "헤네시스", CharacterState.InMap), (found.Channel, found.Map.Display, found.State));
    }

    [Fact]
    public void Enter_NameInUse_IsRefusedInAnyCase()
    {
        Enter(1, "Warrior", out _);
        Assert.Equal(EnterStatus.NameTaken, Enter(2, "wARRIOR", out _));
        Assert.Equal(1, _directory.Count);
        Assert.False(_directory.TryGetPlayed(Session(2), out _));
    }

    [Fact]
    public void Enter_SameSessionAgain_ChangesNothing()
    {
        Enter(1, "전사", out _);
        _directory.Move(Session(1), Map("페리온"), TimeSpan.Zero, out _);
        Assert.Equal(EnterStatus.WasThere, Enter(1, "전사", out Character character));
        Assert.Equal("페리온", character.Map.Display);
        Assert.Equal(EnterStatus.PlaysAnother, Enter(1, "법사", out _));
        Assert.Equal(1, _directory.Count);
    }

    [Fact]
    public void Enter_AboveTheLimit_IsRefusedUntilOneLeaves()
    {
        var small = new CharacterDirectory(_time, maxCharacters: 1);
        Assert.Equal(EnterStatus.Entered, small.Enter(Session(1), Name("a"), 1, Map("m"), out _));
        Assert.Equal(EnterStatus.Full, small.Enter(Session(2), Name("b"), 1, Map("m"), out _));
        Assert.True(small.Leave(Session(1)));
        Assert.Equal(EnterStatus.Entered, small.Enter(Session(2), Name("b"), 1, Map("m"), out _));
    }

    [Fact]
    public void Leave_Session_ForgetsItEverywhere()
    {
        Enter(1, "전사", out _);
        Assert.True(_directory.Leave(Session(1)));
        Assert.False(_directory.Leave(Session(1)));
        Assert.False(_directory.TryFind("전사", out _));
        Assert.Equal((0, 0, 0), _directory.IndexCounts);
    }

    [Fact]
    public void Leave_FromTheCashShop_ForgetsItEverywhere()
    {
        Enter(1, "전사", out _);
        _directory.EnterCashShop(Session(1));
        Assert.True(_directory.Leave(Session(1)));
        Assert.Equal((0, 0, 0), _directory.IndexCounts);
    }

    [Fact]
    public void EndSessionsOf_EarlierRuns_LeavesThePresentOneAndOtherDaemons()
    {
        for (int user = 0; user < 30; user++)
        {
            _directory.Enter(new SessionId(0, Generation: 1, user), Name($"old{user}"), 1, Map("m"), out _);
            _directory.Enter(new SessionId(0, Generation: 2, user), Name($"mid{user}"), 1, Map("m"), out _);
        }

        _directory.Enter(new SessionId(0, Generation: 3, 1), Name("new"), 1, Map("m"), out _);
        _directory.Enter(new SessionId(1, Generation: 1, 1), Name("other"), 1, Map("m"), out _);
        Assert.Equal(60, _directory.EndSessionsOf(chatInstance: 0, exceptGeneration: 3));
        Assert.Equal(0, _directory.EndSessionsOf(chatInstance: 0, exceptGeneration: 3));
        Assert.True(_directory.TryFind("new", out _));
        Assert.True(_directory.TryFind("other", out _));
        Assert.Equal((2, 2, 1), _directory.IndexCounts);
    }

    [Fact]
    public void EndSessionsOf_MoreThanAtOnce_EndsAll()
    {
        var large = new CharacterDirectory(_time, maxCharacters: 5000);
        for (int user = 0; user < 5000; user++)
        {
            large.Enter(new SessionId(0, (ulong)(user % 3), user), Name($"c{user}"), 1, Map("m"), out _);
        }

        Assert.Equal(5000, large.EndSessionsOf(chatInstance: 0, exceptGeneration: 9));
        Assert.Equal((0, 0, 0), large.IndexCounts);
    }

    [Fact]
    public void Move_WithLoading_IsInTransferUntilTheTimeIsOver()
    {
        Enter(1, "전사", out _);
        Assert.Equal(MoveStatus.Started, _directory.Move(Session(1), Map("페리온"), TimeSpan.FromMilliseconds(500), out Character character));
        Assert.Equal(CharacterState.InTransfer, character.State);
        Assert.Equal(MoveStatus.InTransfer, _directory.Move(Session(1), Map("엘리니아"), TimeSpan.Zero, out _));
        Assert.Equal(MoveStatus.InTransfer, _directory.EnterCashShop(Session(1)));
        _time.Advance(TimeSpan.FromMilliseconds(499));
        Assert.Equal(CharacterState.InTransfer, State("전사"));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(CharacterState.InMap, State("전사"));
        Assert.Equal(MoveStatus.Done, _directory.Move(Session(1), Map("엘리니아"), TimeSpan.Zero, out _));
    }

    [Fact]
    public void Move_ToTheSameMapOrFromTheShopOrWithoutSession_IsRefused()
    {
        Enter(1, "전사", out _);
        Assert.Equal(MoveStatus.AlreadyThere, _directory.Move(Session(1), Map("헤네시스"), TimeSpan.Zero, out _));
        _directory.EnterCashShop(Session(1));
        Assert.Equal(MoveStatus.InCashShop, _directory.Move(Session(1), Map("페리온"), TimeSpan.Zero, out _));
        Assert.Equal(MoveStatus.NoSession, _directory.Move(Session(2), Map("페리온"), TimeSpan.Zero, out Character nobody));
        Assert.Equal(default, nobody);
    }

    [Fact]
    public void CashShop_InAndOut_TakesItsCharacterFromTheMapAndBack()
    {
        Enter(1, "전사", out _);
        Assert.Equal(MoveStatus.AlreadyThere, _directory.LeaveCashShop(Session(1)));
        Assert.Equal(MoveStatus.Done, _directory.EnterCashShop(Session(1)));
        Assert.Equal(MoveStatus.AlreadyThere, _directory.EnterCashShop(Session(1)));
        Assert.Equal(CharacterState.CashShop, State("전사"));
        Assert.Equal(0, _directory.List(1, Map("헤네시스"), 10).Total);
        Assert.Equal(MoveStatus.Done, _directory.LeaveCashShop(Session(1)));
        Assert.Equal(CharacterState.InMap, State("전사"));
        Assert.Equal(["전사"], _directory.List(1, Map("헤네시스"), 10).Names);
        Assert.Equal(MoveStatus.NoSession, _directory.EnterCashShop(Session(2)));
        Assert.Equal(MoveStatus.NoSession, _directory.LeaveCashShop(Session(2)));
    }

    [Fact]
    public void List_Map_IsSortedBoundedAndOfOneChannel()
    {
        Enter(1, "다", out _);
        Enter(2, "가", out _);
        Enter(3, "나", out _);
        _directory.Enter(Session(4), Name("라"), 2, Map("헤네시스"), out _);
        RoomList room = _directory.List(1, Map("헤네시스"), limit: 2);
        Assert.Equal(["가", "나"], room.Names);
        Assert.Equal(3, room.Total);
        Assert.Empty(_directory.List(1, Map("빈 맵"), 2).Names);
    }

    [Fact]
    public void Find_AnotherUsersIdOfAnotherRun_IsAnotherSession()
    {
        Enter(1, "전사", out _);
        SessionId one = Session(1);
        Assert.False(_directory.TryGetPlayed(one with { Generation = one.Generation + 1 }, out _));
        Assert.False(_directory.TryGetPlayed(one with { ChatInstance = 1 }, out _));
        Assert.False(_directory.Leave(one with { UserId = 2 }));
    }

    private static SessionId Session(int userId) => TestChannel.Session(userId);

    private EnterStatus Enter(int userId, string name, out Character character) =>
        _directory.Enter(Session(userId), Name(name), 1, Map("헤네시스"), out character);

    private CharacterState State(string key) => _directory.TryFind(key, out Character character) ? character.State : default;
}
