using ChannelD.Events;
using ChannelD.State;
using Shared.Protocol.Messages.Events;

namespace ChannelD.Social;

/// <summary>What members of a party are told without having asked. The texts are those of <c>/파티</c>.</summary>
internal sealed class PartyMessages(Neighbours neighbours)
{
    public const string Command = "party";

    /// <summary>To a guest: who invites, and for how many seconds.</summary>
    public const string Invitation = "invitation";

    /// <summary>To the leader: who has declined.</summary>
    public const string WasDeclined = "was_declined";

    public const string MemberJoined = "member_joined";
    public const string MemberLeft = "member_left";
    public const string MemberKicked = "member_kicked";
    public const string YouWereKicked = "you_were_kicked";

    /// <summary>To all: who leads from now on.</summary>
    public const string NewLeader = "new_leader";

    /// <summary>Invites. From the leader, so that whoever blocks him is not shown it.</summary>
    public void TellGuest(KeptName leader, KeptName guest) => Tell(guest.Key, Invitation, leader.Display, leader.Display, Seconds);

    /// <summary>Tells the leader.</summary>
    public void TellDeclined(Party party, KeptName guest) => Tell(party.LeaderKey, WasDeclined, string.Empty, guest.Display);

    /// <summary>Tells all but whom it is about.</summary>
    public void TellParty(Party party, KeptName about, string code) =>
        _ = neighbours.TellParty(party, about.Key, new GameMessage(Rooms.Party, Command, code, [about.Display], Sender: string.Empty), tier: 0, out _);

    /// <summary>Tells all, the new leader as well.</summary>
    public void TellLeader(Party party, KeptName leader) =>
        _ = neighbours.TellParty(party, string.Empty, new GameMessage(Rooms.Party, Command, NewLeader, [leader.Display], Sender: string.Empty), tier: 0, out _);

    /// <summary>Tells whoever was removed.</summary>
    public void TellKicked(KeptName kicked) => Tell(kicked.Key, YouWereKicked, string.Empty);

    /// <summary>How long an invitation is good, in seconds.</summary>
    public static string Seconds { get; } = Commands.Numbers.Format((int)StateLimits.InvitationLifetime.TotalSeconds);

    private void Tell(string key, string code, string sender, params string[] arguments) =>
        _ = neighbours.Tell(key, new GameMessage(Rooms.Party, Command, code, arguments, sender));
}
