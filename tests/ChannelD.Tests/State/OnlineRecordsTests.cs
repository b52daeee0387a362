using ChannelD.Directory;
using ChannelD.Moderation;
using ChannelD.State;
using ChannelD.State.InMemory;
using ChannelD.Tests.Support;

namespace ChannelD.Tests.State;

public sealed class OnlineRecordsTests : IDisposable
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    private readonly InMemoryStateStore _shared = new();
    private readonly ControlledStore _store;
    private readonly ManualTime _time = new();
    private readonly RecordedEvents _events = new();
    private readonly CharacterDirectory _directory;
    private readonly OnlineRecords _records;

    public OnlineRecordsTests()
    {
        _store = new ControlledStore(_shared);
        _directory = new CharacterDirectory(_time, 100);
        _records = new OnlineRecords(_store, _directory, _events, _time);
    }

    [Fact]
    public async Task CatchUp_AnotherChannelMutes_IsMutedUntilTheMuteEnds()
    {
        await EnterAsync(1, "a");
        Assert.False(_records.TryGet("a", out _));
        var mute = new Mute(_time.GetUtcNow() + TimeSpan.FromMinutes(5), "사유");
        await _shared.SetMuteAsync("a", mute, s_none);
        await _shared.SetMuteAsync("b", mute, s_none);
        await _records.CatchUpAsync(s_none);
        Assert.True(_records.TryGet("a", out Mute found));
        Assert.Equal(mute, found);
        Assert.False(_records.TryGet("b", out _));
        _time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        Assert.True(_records.TryGet("a", out _));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.False(_records.TryGet("a", out _));
    }

    [Fact]
    public async Task CatchUp_NothingOfOurs_LoadsNothing()
    {
        await EnterAsync(1, "a");
        int loads = _store.Loads;
        await _shared.SetMuteAsync("b", new Mute(default, ""), s_none);
        await _records.CatchUpAsync(s_none);
        await _records.CatchUpAsync(s_none);
        Assert.Equal(loads, _store.Loads);
    }

    [Fact]
    public async Task CatchUp_BlocksChange_TellsTheSession()
    {
        SessionId session = await EnterAsync(1, "a");
        await _shared.AddNameAsync(NameList.Buddies, "a", new KeptName("f", "F"), s_none);
        await _records.CatchUpAsync(s_none);
        Assert.Empty(_events.Updates);
        await _shared.AddNameAsync(NameList.Blocks, "a", new KeptName("b", "B"), s_none);
        await _shared.AddNameAsync(NameList.Blocks, "a", new KeptName("c", "C"), s_none);
        await _records.CatchUpAsync(s_none);
        (SessionId told, IReadOnlyList<string> keys) = Assert.Single(_events.Updates);
        Assert.Equal(session, told);
        Assert.Equal(["b", "c"], keys);
    }

    [Fact]
    public async Task CatchUp_SessionCouldNotBeTold_TellsItLater()
    {
        await EnterAsync(1, "a");
        _events.TakesUpdates = false;
        await _shared.AddNameAsync(NameList.Blocks, "a", new KeptName("b", "B"), s_none);
        await _records.CatchUpAsync(s_none);
        int tried = _events.Updates.Count;
        _events.TakesUpdates = true;
        await _records.CatchUpAsync(s_none);
        Assert.Equal(tried + 1, _events.Updates.Count);
        await _records.CatchUpAsync(s_none);
        Assert.Equal(tried + 1, _events.Updates.Count);
    }

    [Fact]
    public async Task CatchUp_StoreFails_FindsTheSameChangeTheNextTime()
    {
        await EnterAsync(1, "a");
        await _shared.SetMuteAsync("a", new Mute(DateTimeOffset.MaxValue, "r"), s_none);
        _store.Fails = true;
        await Assert.ThrowsAsync<StateStoreException>(async () => await _records.CatchUpAsync(s_none));
        await _records.CatchUpAfterChangeAsync(s_none);
        Assert.False(_records.TryGet("a", out _));
        _store.Fails = false;
        await _records.CatchUpAsync(s_none);
        Assert.True(_records.TryGet("a", out _));
    }

    [Fact]
    public async Task Hold_ChangedWhileItIsLoaded_KeepsTheLaterRecord()
    {
        _store.HoldsLoads = true;
        ValueTask<RecordEntry> holding = _records.HoldAsync("a", s_none);
        await _shared.SetMuteAsync("a", new Mute(DateTimeOffset.MaxValue, "r"), s_none);

        // The look for changes reads the later record and ends before the first load does.
        _store.HoldsLoads = false;
        await _records.CatchUpAsync(s_none);
        _store.Release();
        RecordEntry entry = await holding;
        Assert.Equal("r", _records.Keep(entry, TestChannel.Session(1)).Mute?.Reason);
    }

    [Fact]
    public async Task Hold_StoreFails_HoldsNothing()
    {
        _store.Fails = true;
        await Assert.ThrowsAsync<StateStoreException>(async () => await _records.HoldAsync("a", s_none));
        Assert.Equal(0, _records.Count);
    }

    [Fact]
    public async Task Drop_LastHolder_ForgetsTheRecord()
    {
        SessionId session = await EnterAsync(1, "a");
        RecordEntry another = await _records.HoldAsync("a", s_none);
        Assert.True(_records.Drop(session));
        Assert.False(_records.Drop(session));
        Assert.Equal(1, _records.Count);
        _records.Release(another);
        Assert.Equal(0, _records.Count);
        Assert.Null(_records.Find("a"));
    }

    [Fact]
    public async Task Keep_TheSameSessionAgain_IsHeldOnce()
    {
        SessionId session = await EnterAsync(1, "a");
        _records.Keep(await _records.HoldAsync("a", s_none), session);
        Assert.True(_records.Drop(session));
        Assert.Equal(0, _records.Count);
    }

    [Fact]
    public async Task Sweep_LeftByAnotherWay_DropsThoseOnly()
    {
        SessionId gone = await EnterAsync(1, "a");
        await EnterAsync(2, "b");
        Assert.Equal(0, _records.Sweep());
        _directory.Leave(gone);
        Assert.Equal(1, _records.Sweep());
        Assert.Null(_records.Find("a"));
        Assert.NotNull(_records.Find("b"));
    }

    [Fact]
    public async Task FindFriendsOf_ListsChange_FollowsThem()
    {
        await _shared.AddNameAsync(NameList.Buddies, "a", new KeptName("f", "F"), s_none);
        SessionId session = await EnterAsync(1, "a");
        Assert.Equal(session, Assert.Single(_records.FindFriendsOf("f")).Session);
        await _shared.RemoveNameAsync(NameList.Buddies, "a", "f", s_none);
        await _shared.AddNameAsync(NameList.Buddies, "a", new KeptName("g", "G"), s_none);
        await _records.CatchUpAsync(s_none);
        Assert.Empty(_records.FindFriendsOf("f"));
        Assert.Single(_records.FindFriendsOf("g"));
        _records.Drop(session);
        Assert.Empty(_records.FindFriendsOf("g"));
    }

    public void Dispose()
    {
        _records.Dispose();
        _store.Dispose();
    }

    private async Task<SessionId> EnterAsync(int userId, string name)
    {
        SessionId session = TestChannel.Session(userId);
        RecordEntry entry = await _records.HoldAsync(name, s_none);
        _directory.Enter(session, TestNames.Name(name), 1, TestNames.Map("m"), out _);
        _records.Keep(entry, session);
        return session;
    }
}
