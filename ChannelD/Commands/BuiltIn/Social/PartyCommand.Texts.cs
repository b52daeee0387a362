using ChannelD.Social;

namespace ChannelD.Commands.BuiltIn.Social;

/// <content>How it is called and what it can say.</content>
internal sealed partial class PartyCommand
{
    private const string Created = "created";
    private const string Invited = "invited";
    private const string Joined = "joined";
    private const string Declined = "declined";
    private const string Left = "left";
    private const string LeftAndDissolved = "left_and_dissolved";
    private const string Kicked = "kicked";
    private const string List = "list";
    private const string ListWithOffline = "list_with_offline";
    private const string InParty = "in_party";
    private const string NotInParty = "not_in_party";
    private const string NotLeader = "not_leader";
    private const string Full = "full";
    private const string AlreadyMember = "already_member";
    private const string OtherInParty = "other_in_party";
    private const string OtherIsInvited = "other_is_invited";
    private const string NotMember = "not_member";
    private const string NoInvitation = "no_invitation";
    private const string NotFound = "not_found";
    private const string Self = "self";
    private const string Hidden = "hidden";

    /// <inheritdoc/>
    public override CommandDescription Description { get; } = new()
    {
        Id = PartyMessages.Command,
        Names = ["파티", "party"],
        Usage = new LocalText("/파티 만들기|초대 이름|수락|거절|탈퇴|추방 이름|목록", "/party create|invite NAME|accept|decline|leave|kick NAME|list"),
        Help = new LocalText("파티를 만들고 관리합니다. 파티원에게는 /p로 말합니다.", "makes and manages a party. /p speaks to it."),
        Texts =
        [
            new CommandText(Created, "파티를 만들었습니다.", "You have made a party."),
            new CommandText(Invited, "{0}님을 파티에 초대했습니다. 초대는 {1}초 동안 유효합니다.", "You have invited {0}. The invitation is good for {1} seconds."),
            new CommandText(Joined, "{0}님의 파티에 들어갔습니다.", "You have joined the party of {0}."),
            new CommandText(Declined, "{0}님의 파티 초대를 거절했습니다.", "You have declined the invitation of {0}."),
            new CommandText(Left, "파티에서 나왔습니다.", "You have left the party."),
            new CommandText(LeftAndDissolved, "파티에서 나왔습니다. 남은 파티원이 없어 파티가 해체되었습니다.", "You have left the party. Nobody was left, so it is no more."),
            new CommandText(Kicked, "{0}님을 파티에서 추방했습니다.", "You have removed {0} from the party."),
            new CommandText(List, "파티 {0}/{1}명, 파티장 {2}. 접속 중(채널): {3}", "Party: {0}/{1}, leader {2}. Online (channel): {3}"),
            new CommandText(ListWithOffline, "파티 {0}/{1}명, 파티장 {2}. 접속 중(채널): {3}. 오프라인: {4}", "Party: {0}/{1}, leader {2}. Online (channel): {3}. Offline: {4}"),
            new CommandText(InParty, "이미 파티에 들어 있습니다.", "You are already in a party."),
            new CommandText(NotInParty, "파티에 들어 있지 않습니다.", "You are not in a party."),
            new CommandText(NotLeader, "파티장만 할 수 있습니다.", "Only the leader can do this."),
            new CommandText(Full, "파티는 {0}명까지입니다.", "A party has at most {0} members."),
            new CommandText(AlreadyMember, "{0}님은 이미 파티원입니다.", "{0} is already a member of your party."),
            new CommandText(OtherInParty, "{0}님은 다른 파티에 들어 있습니다.", "{0} is in another party."),
            new CommandText(OtherIsInvited, "{0}님은 다른 파티의 초대를 받은 상태입니다.", "{0} has an invitation of another party."),
            new CommandText(NotMember, "{0}님은 추방할 수 있는 파티원이 아닙니다.", "{0} is no member whom you could remove."),
            new CommandText(NoInvitation, "받은 파티 초대가 없거나 시간이 지났습니다.", "You have no invitation, or it is over."),
            new CommandText(NotFound, "{0}님을 찾을 수 없습니다.", "{0} cannot be found."),
            new CommandText(Self, "자신은 초대할 수 없습니다.", "You cannot invite yourself."),
            new CommandText(Hidden, "숨어 있는 동안에는 할 수 없습니다.", "You cannot do this while you are hidden."),
            new CommandText(PartyMessages.Invitation, "{0}님이 파티에 초대했습니다. {1}초 안에 /파티 수락 또는 /파티 거절을 입력해 주세요.", "{0} invites you to a party. Type /party accept or /party decline within {1} seconds.", IsEvent: true),
            new CommandText(PartyMessages.WasDeclined, "{0}님이 파티 초대를 거절했습니다.", "{0} has declined your invitation.", IsEvent: true),
            new CommandText(PartyMessages.MemberJoined, "{0}님이 파티에 들어왔습니다.", "{0} has joined the party.", IsEvent: true),
            new CommandText(PartyMessages.MemberLeft, "{0}님이 파티에서 나갔습니다.", "{0} has left the party.", IsEvent: true),
            new CommandText(PartyMessages.MemberKicked, "{0}님이 파티에서 추방되었습니다.", "{0} was removed from the party.", IsEvent: true),
            new CommandText(PartyMessages.YouWereKicked, "파티에서 추방되었습니다.", "You were removed from the party.", IsEvent: true),
            new CommandText(PartyMessages.NewLeader, "{0}님이 새 파티장이 되었습니다.", "{0} is the new leader of the party.", IsEvent: true),
        ],
        NeedsCharacter = true,
    };
}
