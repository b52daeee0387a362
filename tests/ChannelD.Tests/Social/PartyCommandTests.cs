using ChannelD.Directory;
using ChannelD.State;
using ChannelD.Tests.Support;
using Shared.Protocol.Messages.Events;
using Shared.Protocol.Wire;

namespace ChannelD.Tests.Social;

public sealed class PartyCommandTests : SocialTest
{
    private readonly SessionId _leader;
    private readonly SessionId _guest;
    private readonly SessionId _third;

    public PartyCommandTests()
    {
        _leader = Channel.LogIn(1, "전사");
        _guest = Channel.LogIn(2, "법사", channel: 3);
        _third = Channel.LogIn(3, "도적", channel: 5);
    }

    [Fact]
    public void Create_Twice_IsInPartyAlready()
    {
        Ok(_leader, "/파티 만들기", "created");
        Error(_leader, "/파티 만들기", "in_party");
        Ok(_leader, "/파티 목록", "list", "1", "6", "전사", "전사(1)");
    }

    [Fact]
    public void InviteAndAccept_AcrossChannels_AllAreTold()
    {
        Form();
        Ok(_leader, "/파티 초대 도적", "invited", "도적", "60");
        Assert.Equal(["invitation(전사,60) to 3"], TakeEvents(Rooms.Party));
        Assert.Equal("전사", Channel.Events.Pushed[^1].Message.Sender);
        Ok(_third, "/파티 수락", "joined", "전사");
        Assert.Equal(["member_joined(도적) to 1,2"], TakeEvents(Rooms.Party));
        Assert.Equal("파티 3/6명, 파티장 전사. 접속 중(채널): 전사(1), 법사(3), 도적(5)", Channel.RunText(_guest, "/파티 목록"));
    }

    [Fact]
    public void Invite_Refusals_AreTold()
    {
        Error(_leader, "/파티 초대 법사", "not_in_party");
        Form();
        Error(_guest, "/파티 초대 도적", "not_leader");
        Error(_leader, "/파티 초대 법사", "already_member", "법사");
        Error(_leader, "/파티 초대 전사", "self");
        Error(_leader, "/파티 초대 아무개", "not_found", "아무개");
        Error(_leader, "/파티 초대", "usage");
        SessionId fourth = Channel.LogIn(4, "궁수");
        Ok(fourth, "/파티 만들기", "created");
        Error(_leader, "/파티 초대 궁수", "other_in_party", "궁수");
        Ok(_leader, "/파티 초대 도적", "invited", "도적", "60");
        Error(fourth, "/파티 초대 도적", "other_is_invited", "도적");
    }

    [Fact]
    public void Accept_AfterItsTime_IsTooLate()
    {
        Ok(_leader, "/파티 만들기", "created");
        Ok(_leader, "/파티 초대 법사", "invited", "법사", "60");
        Channel.Time.Advance(StateLimits.InvitationLifetime);
        Error(_guest, "/파티 수락", "no_invitation");
        Ok(_leader, "/파티 초대 법사", "invited", "법사", "60");
        Channel.Time.Advance(StateLimits.InvitationLifetime - TimeSpan.FromMilliseconds(1));
        Ok(_guest, "/파티 수락", "joined", "전사");
    }

    [Fact]
    public void Decline_Invited_TheLeaderIsTold()
    {
        Ok(_leader, "/파티 만들기", "created");
        Ok(_leader, "/파티 초대 법사", "invited", "법사", "60");
        _ = TakeEvents(Rooms.Party);
        Ok(_guest, "/파티 거절", "declined", "전사");
        Assert.Equal(["was_declined(법사) to 1"], TakeEvents(Rooms.Party));
        Error(_guest, "/파티 거절", "no_invitation");
        Error(_guest, "/파티 수락", "no_invitation");
    }

    [Fact]
    public void Leave_Leader_TheNextLeadsAndAllAreTold()
    {
        Form();
        Join(_third);
        Ok(_leader, "/파티 탈퇴", "left");
        Assert.Equal(["member_left(전사) to 2,3", "new_leader(법사) to 2,3"], TakeEvents(Rooms.Party));
        Error(_leader, "/파티 목록", "not_in_party");
        Ok(_third, "/파티 탈퇴", "left");
        Assert.Equal(["member_left(도적) to 2"], TakeEvents(Rooms.Party));
        Ok(_guest, "/파티 탈퇴", "left_and_dissolved");
        Assert.Empty(TakeEvents(Rooms.Party));
        Error(_guest, "/파티 탈퇴", "not_in_party");
    }

    [Fact]
    public void Kick_ByTheLeader_AllAreTold()
    {
        Form();
        Join(_third);
        Error(_guest, "/파티 추방 도적", "not_leader");
        Error(_leader, "/파티 추방 전사", "not_member", "전사");
        Error(_leader, "/파티 추방 아무개", "not_member", "아무개");
        Ok(_leader, "/파티 추방 도적", "kicked", "도적");
        Assert.Equal(["member_kicked(도적) to 1,2", "you_were_kicked() to 3"], TakeEvents(Rooms.Party));
        SayError(_third, "/p 안녕", "not_in_party");
    }

    [Fact]
    public void Kick_OfflineMember_LeavesTheParty()
    {
        Form();
        Channel.Game.LogOut(_guest);
        Ok(_leader, "/파티 목록", "list_with_offline", "2", "6", "전사", "전사(1)", "법사");
        Ok(_leader, "/파티 추방 법사", "kicked", "법사");
        Channel.LogIn(2, "법사");
        Error(_guest, "/파티 목록", "not_in_party");
    }

    [Fact]
    public void Membership_AfterLogOutAndIn_IsKept()
    {
        Form();
        Channel.Game.LogOut(_guest);
        Channel.LogIn(2, "법사");
        SayOk(_guest, "/p 다녀왔어요", "said", "법사", "다녀왔어요");
    }

    [Theory]
    [InlineData("/파티")]
    [InlineData("/파티 뭐든지")]
    [InlineData("/파티 만들기 지금")]
    [InlineData("/파티 수락 전사")]
    [InlineData("/파티 추방")]
    public void Run_BadArgument_IsUsage(string line) => Error(_leader, line, "usage");

    [Fact]
    public void Invite_GuestBlocks_LooksTheSame()
    {
        Ok(_leader, "/파티 만들기", "created");
        Channel.Run(_guest, "/차단 전사");
        Ok(_leader, "/파티 초대 법사", "invited", "법사", "60");
        Error(_guest, "/파티 수락", "no_invitation");
    }

    [Fact]
    public void Hidden_GameMaster_IsNotThereForTheParty()
    {
        SessionId master = LogInMaster(9, "운영자");
        Ok(_leader, "/파티 만들기", "created");
        Ok(_leader, "/파티 초대 운영자", "invited", "운영자", "60");
        Ok(master, "/파티 수락", "joined", "전사");
        Hide(master, true);
        Ok(_leader, "/파티 목록", "list_with_offline", "2", "6", "전사", "전사(1)", "운영자");
        Ok(master, "/파티 목록", "list", "2", "6", "전사", "전사(1), 운영자(1)");
        SayOk(_leader, "/p 거기 있어요?", "nobody_online");
        SayError(master, "/p 응", "hidden");
        Error(master, "/파티 탈퇴", "hidden");
        Ok(_leader, "/파티 추방 운영자", "kicked", "운영자");

        // As for a name that is nobody's.
        Error(_leader, "/파티 초대 운영자", "not_found", "운영자");
        Error(_leader, "/파티 초대 아무개", "not_found", "아무개");
    }

    [Fact]
    public void Say_Members_OnAllChannelsGetIt()
    {
        Form();
        _ = TakeEvents(Rooms.Party);
        SayOk(_leader, "/p 보스 잡으러 가요", "said", "전사", "보스 잡으러 가요");
        Assert.Equal(["party(전사,보스 잡으러 가요) to 2"], TakeEvents(Rooms.Party));
        Assert.Equal(("party_say", "전사"), (Channel.Events.Pushed[^1].Message.Command, Channel.Events.Pushed[^1].Message.Sender));
        Assert.Equal("[파티] 전사: 가자", Channel.RunText(_leader, "/p 가자"));
        SayError(_third, "/p 나도", "not_in_party");
        SayError(_leader, "/p", "usage");
        Channel.Game.LogOut(_guest);
        SayOk(_leader, "/p 어디 갔지", "nobody_online");
    }

    [Fact]
    public void Say_ChatDIsBehind_TheSpeakerIsTold()
    {
        Form();
        Channel.Events.HasRoom = false;
        SayError(_leader, "/p 들려요?", "not_all_reached");
    }

    [Fact]
    public async Task Party_KickedOnAnotherChannel_IsNoMemberHere()
    {
        Form();
        TestChannel other = MakeChannel();
        SessionId leaderThere = other.LogIn(7, "전사");
        other.AssertAnswer(leaderThere, "/파티 추방 법사", ResultStatus.Ok, "party", "kicked", "법사");
        await Channel.Service<OnlineRecords>().CatchUpAsync(CancellationToken.None);
        SayError(_guest, "/p 아직 있나요", "not_in_party");
    }

    [Fact]
    public async Task Party_InvitedHere_CanBeAcceptedOnAnotherChannel()
    {
        Ok(_leader, "/파티 만들기", "created");
        Ok(_leader, "/파티 초대 법사", "invited", "법사", "60");
        Channel.Game.LogOut(_guest);
        TestChannel other = MakeChannel();
        SessionId there = other.LogIn(7, "법사");
        other.AssertAnswer(there, "/파티 수락", ResultStatus.Ok, "party", "joined", "전사");
        await Channel.Service<OnlineRecords>().CatchUpAsync(CancellationToken.None);
        Ok(_leader, "/파티 목록", "list_with_offline", "2", "6", "전사", "전사(1)", "법사");
    }

    private void Form()
    {
        Ok(_leader, "/파티 만들기", "created");
        Join(_guest);
    }

    private void Join(SessionId guest)
    {
        Assert.True(Channel.Directory.TryGetPlayed(guest, out Character character));
        Channel.Run(_leader, $"/파티 초대 {character.Name}");
        Ok(guest, "/파티 수락", "joined", "전사");
        _ = TakeEvents(Rooms.Party);
    }

    private void Ok(SessionId session, string line, string code, params string[] arguments) =>
        Channel.AssertAnswer(session, line, ResultStatus.Ok, "party", code, arguments);

    private void Error(SessionId session, string line, string code, params string[] arguments) =>
        Channel.AssertAnswer(session, line, ResultStatus.Error, "party", code, arguments);

    private void SayOk(SessionId session, string line, string code, params string[] arguments) =>
        Channel.AssertAnswer(session, line, ResultStatus.Ok, "party_say", code, arguments);

    private void SayError(SessionId session, string line, string code, params string[] arguments) =>
        Channel.AssertAnswer(session, line, ResultStatus.Error, "party_say", code, arguments);
}
