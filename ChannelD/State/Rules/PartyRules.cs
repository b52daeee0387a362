namespace ChannelD.State.Rules;

/// <summary>What may be done with parties. Nothing is written before everything has been checked.</summary>
internal static class PartyRules
{
    public static PartyResult Create(IStateTransaction state, KeptName leader)
    {
        if (state.FindPartyOf(leader.Key) is { } known)
        {
            return new PartyResult(PartyStatus.InParty, known);
        }

        long id = state.AddParty(leader);
        state.MarkChanged(leader.Key);
        return new PartyResult(PartyStatus.Done, state.GetParty(id));
    }

    public static PartyResult Invite(IStateTransaction state, KeptName leader, KeptName guest, DateTimeOffset now)
    {
        if (FindLed(state, leader.Key, out PartyResult refusal) is not { } party)
        {
            return refusal;
        }

        if (party.Has(guest.Key))
        {
            return new PartyResult(PartyStatus.AlreadyMember, party);
        }

        if (party.Members.Count >= StateLimits.MaxPartyMembers)
        {
            return new PartyResult(PartyStatus.Full, party);
        }

        // Whoever blocks the leader shows him what he would see of anybody else.
        bool isBlocked = state.GetNames(NameList.Blocks, guest.Key).Any(blocked => blocked.Key == leader.Key);
        if (state.FindPartyOf(guest.Key) is not null)
        {
            return new PartyResult(PartyStatus.OtherInParty, party);
        }

        if (state.GetInvitation(guest.Key) is { } known && known.PartyId != party.Id && known.UntilUtc > now)
        {
            return new PartyResult(PartyStatus.OtherIsInvited, party);
        }

        if (!isBlocked)
        {
            state.PutInvitation(guest.Key, new Invitation(party.Id, now + StateLimits.InvitationLifetime));
        }

        return new PartyResult(PartyStatus.Done, party, guest);
    }

    public static PartyResult Accept(IStateTransaction state, KeptName guest, DateTimeOffset now)
    {
        if (state.GetInvitation(guest.Key) is not { } invitation || invitation.UntilUtc <= now || state.GetParty(invitation.PartyId) is not { } party)
        {
            return new PartyResult(PartyStatus.NoInvitation);
        }

        if (state.FindPartyOf(guest.Key) is { } own)
        {
            return new PartyResult(PartyStatus.InParty, own);
        }

        if (party.Members.Count >= StateLimits.MaxPartyMembers)
        {
            return new PartyResult(PartyStatus.Full, party);
        }

        state.AddMember(party.Id, guest);
        state.RemoveInvitation(guest.Key);
        Party joined = party with { Members = [.. party.Members, guest] };
        MarkChanged(state, joined);
        return new PartyResult(PartyStatus.Done, joined);
    }

    public static PartyResult Decline(IStateTransaction state, string guest, DateTimeOffset now)
    {
        if (state.GetInvitation(guest) is not { } invitation)
        {
            return new PartyResult(PartyStatus.NoInvitation);
        }

        state.RemoveInvitation(guest);
        return invitation.UntilUtc > now && state.GetParty(invitation.PartyId) is { } party
            ? new PartyResult(PartyStatus.Done, party)
            : new PartyResult(PartyStatus.NoInvitation);
    }

    public static PartyResult Leave(IStateTransaction state, string key)
    {
        if (state.FindPartyOf(key) is not { } party)
        {
            return new PartyResult(PartyStatus.NotInParty);
        }

        state.RemoveMember(key);
        MarkChanged(state, party);
        Party left = party with { Members = [.. party.Members.Where(member => member.Key != key)] };
        if (left.Members.Count == 0)
        {
            state.RemoveParty(party.Id);
            return new PartyResult(PartyStatus.Dissolved);
        }

        if (party.LeaderKey != key)
        {
            return new PartyResult(PartyStatus.Done, left);
        }

        KeptName leader = left.Members[0];
        state.SetLeader(party.Id, leader.Key);
        return new PartyResult(PartyStatus.Done, left with { LeaderKey = leader.Key }, leader);
    }

    public static PartyResult Kick(IStateTransaction state, string leader, string key)
    {
        if (FindLed(state, leader, out PartyResult refusal) is not { } party)
        {
            return refusal;
        }

        if (key == leader || !party.Has(key))
        {
            return new PartyResult(PartyStatus.NotMember, party);
        }

        KeptName removed = party.Members.First(member => member.Key == key);
        state.RemoveMember(key);
        MarkChanged(state, party);
        return new PartyResult(PartyStatus.Done, party with { Members = [.. party.Members.Where(member => member.Key != key)] }, removed);
    }

    private static Party? FindLed(IStateTransaction state, string leader, out PartyResult refusal)
    {
        Party? party = state.FindPartyOf(leader);
        refusal = party is null ? new PartyResult(PartyStatus.NotInParty) : new PartyResult(PartyStatus.NotLeader, party);
        return party?.LeaderKey == leader ? party : null;
    }

    private static void MarkChanged(IStateTransaction state, Party party)
    {
        foreach (KeptName member in party.Members)
        {
            state.MarkChanged(member.Key);
        }
    }
}
