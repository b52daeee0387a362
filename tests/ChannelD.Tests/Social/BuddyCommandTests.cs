using ChannelD.Directory;
using ChannelD.State;
using Shared.Protocol.Messages.Events;
using Shared.Protocol.Wire;

namespace ChannelD.Tests.Social;

public sealed class BuddyCommandTests : SocialTest
{
    private readonly SessionId _me;

    public BuddyCommandTests() => _me = Channel.LogIn(1, "전사");

    [Fact]
    public void AddRemoveList_Names_AreKept()
    {
        Channel.AssertAnswer(_me, "/친구 목록", ResultStatus.Ok, "buddy", "empty");
        Channel.AssertAnswer(_me, "/친구 추가 법사", ResultStatus.Ok, "buddy", "added", "법사");
        Channel.AssertAnswer(_me, "/친구 추가 법사", ResultStatus.Ok, "buddy", "already_there", "법사");
        Channel.AssertAnswer(_me, "/친구 목록", ResultStatus.Ok, "buddy", "all_offline", "1", "50", "법사");
        Channel.AssertAnswer(_me, "/buddy REMOVE 법사", ResultStatus.Ok, "buddy", "removed", "법사");
        Channel.AssertAnswer(_me, "/친구 삭제 법사", ResultStatus.Error, "buddy", "not_there", "법사");
        Channel.AssertAnswer(_me, "/친구 추가 전사", ResultStatus.Error, "buddy", "self");
        Channel.AssertAnswer(_me, "/친구 법사", ResultStatus.Error, "buddy", "usage");
        Assert.Empty(Channel.Events.Pushed);
    }

    [Fact]
    public void List_OnlineAndOffline_ShowsChannelsAsFindWould()
    {
        Channel.LogIn(2, "가", channel: 1);
        Channel.LogIn(3, "나", channel: 7);
        SessionId inShop = Channel.LogIn(4, "다");
        Channel.Run(inShop, "/캐시샵 들어가기");
        foreach (string name in (string[])["가", "나", "다"])
        {
            Channel.Run(_me, "/친구 추가 " + name);
        }

        Channel.AssertAnswer(_me, "/친구 목록", ResultStatus.Ok, "buddy", "all_online", "3", "50", "가(1), 나(7), 다");
        Channel.Run(_me, "/친구 추가 라");
        Assert.Equal("친구 4/50명. 접속 중(채널): 가(1), 나(7), 다. 오프라인: 라", Channel.RunText(_me, "/친구 목록"));
    }

    [Fact]
    public void List_HiddenGameMasterOrWhoeverBlocks_LooksOffline()
    {
        SessionId master = LogInMaster(2, "운영자");
        SessionId other = Channel.LogIn(3, "법사");
        Channel.Run(_me, "/친구 추가 운영자");
        Channel.Run(_me, "/친구 추가 법사");
        Channel.AssertAnswer(_me, "/친구 목록", ResultStatus.Ok, "buddy", "all_online", "2", "50", "운영자(1), 법사(1)");
        Hide(master, true);
        Channel.Run(other, "/차단 전사");
        Channel.AssertAnswer(_me, "/친구 목록", ResultStatus.Ok, "buddy", "all_offline", "2", "50", "운영자, 법사");
        Channel.Run(other, "/차단 해제 전사");
        Channel.AssertAnswer(_me, "/친구 목록", ResultStatus.Ok, "buddy", "list", "2", "50", "법사(1)", "운영자");
    }

    [Fact]
    public void List_HiddenGameMaster_IsSeenByHisOwnTier()
    {
        SessionId low = LogInMaster(2, "부운영자");
        SessionId high = LogInMaster(3, "운영자");
        Channel.Run(low, "/친구 추가 운영자");
        Channel.Run(high, "/친구 추가 부운영자");
        Hide(low, true);
        Hide(high, true);
        Channel.AssertAnswer(low, "/친구 목록", ResultStatus.Ok, "buddy", "all_offline", "1", "50", "운영자");
        Channel.AssertAnswer(high, "/친구 목록", ResultStatus.Ok, "buddy", "all_online", "1", "50", "부운영자(1)");
    }

    [Fact]
    public void Notices_FriendComesAndGoes_ToldOnceEach()
    {
        Channel.Run(_me, "/친구 추가 법사");
        SessionId friend = Channel.LogIn(2, "법사");
        Arrive("법사");
        Arrive("법사");
        Assert.Equal(["came(법사) to 1"], TakeEvents(Rooms.Buddy));
        Depart(friend);
        Assert.Equal(["went(법사) to 1"], TakeEvents(Rooms.Buddy));

        // One-sided: the friend has nobody on his list.
        SessionId again = Channel.LogIn(2, "법사");
        Assert.Equal(["came(법사) to 1"], TakeEvents(Rooms.Buddy));
        Arrive("전사");
        Assert.Empty(TakeEvents(Rooms.Buddy));
        Depart(again);
        Assert.Equal(["went(법사) to 1"], TakeEvents(Rooms.Buddy));
    }

    [Fact]
    public void Notices_FriendThereBeforeThePlayer_AreForGoingOnly()
    {
        Channel.Run(_me, "/친구 추가 법사");
        Channel.Game.LogOut(_me);
        SessionId friend = Channel.LogIn(2, "법사");
        Channel.LogIn(3, "전사");
        Arrive("법사");
        Assert.Empty(TakeEvents(Rooms.Buddy));
        Depart(friend);
        Assert.Equal(["went(법사) to 3"], TakeEvents(Rooms.Buddy));
    }

    [Fact]
    public void Notices_FriendHides_LooksLikeGoingAndHisLeavingTellsNothing()
    {
        SessionId high = LogInMaster(2, "운영자");
        SessionId low = LogInMaster(3, "부운영자");
        Channel.Run(_me, "/친구 추가 부운영자");
        Channel.Run(high, "/친구 추가 부운영자");
        Hide(low, true);
        Assert.Equal(["went(부운영자) to 1"], TakeEvents(Rooms.Buddy));
        Hide(low, false);
        Assert.Equal(["came(부운영자) to 1"], TakeEvents(Rooms.Buddy));
        Hide(low, true);
        _ = TakeEvents(Rooms.Buddy);
        Depart(low);
        Assert.Equal(["went(부운영자) to 2"], TakeEvents(Rooms.Buddy));
    }

    [Fact]
    public void Notices_FriendBlocksOrIsBlocked_TellNothing()
    {
        Channel.Run(_me, "/친구 추가 법사");
        SessionId friend = Channel.LogIn(2, "법사");
        _ = TakeEvents(Rooms.Buddy);
        Channel.Run(friend, "/차단 전사");
        Arrive("법사");
        Depart(friend);
        Assert.Empty(TakeEvents(Rooms.Buddy));

        friend = Channel.LogIn(2, "법사");
        Channel.Run(friend, "/차단 해제 전사");
        Channel.Run(_me, "/차단 법사");
        Arrive("법사");
        Depart(friend);
        Assert.Empty(TakeEvents(Rooms.Buddy));
    }

    [Fact]
    public void Notices_RemovedFriend_TellNothing()
    {
        Channel.Run(_me, "/친구 추가 법사");
        Channel.Run(_me, "/친구 삭제 법사");
        Channel.LogIn(2, "법사");
        Arrive("법사");
        Assert.Empty(TakeEvents(Rooms.Buddy));
    }

    [Fact]
    public void Add_AFullList_SaysTheLimit()
    {
        for (int i = 0; i < StateLimits.MaxNames; i++)
        {
            Channel.Run(_me, $"/친구 추가 n{i}");
        }

        Channel.AssertAnswer(_me, "/친구 추가 more", ResultStatus.Error, "buddy", "full", "50");
    }
}
