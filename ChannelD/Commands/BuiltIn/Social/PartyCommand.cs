using ChannelD.Directory;
using ChannelD.Social;
using ChannelD.State;

namespace ChannelD.Commands.BuiltIn.Social;

/// <summary><c>/파티 …</c>: parties over all channels. Who is in one is what the store says, never what a client does.</summary>
internal sealed partial class PartyCommand(IStateStore store, OnlineRecords records, Neighbours neighbours, TimeProvider time) : StateCommand
{
    private readonly PartyMessages _messages = new(neighbours);

    /// <inheritdoc/>
    protected override async ValueTask<CommandAnswer> RunAsync(Character asker, string argument, CancellationToken cancellationToken)
    {
        (string word, string rest) = CommandWords.Cut(argument);
        bool isAlone = rest.Length == 0;
        if (word is "목록" or "list" && isAlone)
        {
            return await ListAsync(asker, cancellationToken);
        }

        Func<ValueTask<CommandAnswer>>? run = word switch
        {
            "만들기" or "create" when isAlone => () => CreateAsync(asker, cancellationToken),
            "초대" or "invite" => () => InviteAsync(asker, rest, cancellationToken),
            "수락" or "accept" when isAlone => () => AcceptAsync(asker, cancellationToken),
            "거절" or "decline" when isAlone => () => DeclineAsync(asker, cancellationToken),
            "탈퇴" or "leave" when isAlone => () => LeaveAsync(asker, cancellationToken),
            "추방" or "kick" => () => KickAsync(asker, rest, cancellationToken),
            _ => null,
        };

        // Whatever the others would be told, it would tell them that somebody is there who hides.
        return run is null ? CommandAnswer.Usage() : asker.IsHidden ? CommandAnswer.Error(Hidden) : await run();
    }

    private async ValueTask<CommandAnswer> CreateAsync(Character asker, CancellationToken cancellationToken)
    {
        PartyResult result = await store.CreatePartyAsync(KeptName.Of(asker.Name), cancellationToken);
        await records.CatchUpAfterChangeAsync(cancellationToken);
        return result.Status == PartyStatus.Done ? CommandAnswer.Ok(Created) : CommandAnswer.Error(InParty);
    }

    private async ValueTask<CommandAnswer> InviteAsync(Character asker, string typed, CancellationToken cancellationToken)
    {
        if (!Neighbours.TryParse(typed, out KeptName name, out CommandAnswer refusal))
        {
            return refusal;
        }

        if (name.Key == asker.Name.Key)
        {
            return CommandAnswer.Error(Self);
        }

        if (!neighbours.TryFind(name.Key, asker.Tier, out Character found))
        {
            return CommandAnswer.Error(NotFound, name.Display);
        }

        KeptName guest = KeptName.Of(found.Name);
        PartyResult result = await store.InviteAsync(KeptName.Of(asker.Name), guest, time.GetUtcNow(), cancellationToken);
        if (result.Status != PartyStatus.Done)
        {
            return Refuse(result.Status, guest.Display);
        }

        _messages.TellGuest(KeptName.Of(asker.Name), guest);
        return CommandAnswer.Ok(Invited, guest.Display, PartyMessages.Seconds);
    }

    private async ValueTask<CommandAnswer> AcceptAsync(Character asker, CancellationToken cancellationToken)
    {
        KeptName guest = KeptName.Of(asker.Name);
        PartyResult result = await store.AcceptAsync(guest, time.GetUtcNow(), cancellationToken);
        await records.CatchUpAfterChangeAsync(cancellationToken);
        if (result is not { Status: PartyStatus.Done, Party: { } party })
        {
            return Refuse(result.Status, guest.Display);
        }

        _messages.TellParty(party, guest, PartyMessages.MemberJoined);
        return CommandAnswer.Ok(Joined, party.Leader.Display);
    }

    private async ValueTask<CommandAnswer> DeclineAsync(Character asker, CancellationToken cancellationToken)
    {
        PartyResult result = await store.DeclineAsync(asker.Name.Key, time.GetUtcNow(), cancellationToken);
        if (result is not { Status: PartyStatus.Done, Party: { } party })
        {
            return Refuse(result.Status, asker.Name.Display);
        }

        _messages.TellDeclined(party, KeptName.Of(asker.Name));
        return CommandAnswer.Ok(Declined, party.Leader.Display);
    }

    private async ValueTask<CommandAnswer> LeaveAsync(Character asker, CancellationToken cancellationToken)
    {
        PartyResult result = await store.LeavePartyAsync(asker.Name.Key, cancellationToken);
        await records.CatchUpAfterChangeAsync(cancellationToken);
        if (result.Status == PartyStatus.Dissolved)
        {
            return CommandAnswer.Ok(LeftAndDissolved);
        }

        if (result is not { Status: PartyStatus.Done, Party: { } party })
        {
            return Refuse(result.Status, asker.Name.Display);
        }

        _messages.TellParty(party, KeptName.Of(asker.Name), PartyMessages.MemberLeft);
        if (result.Other != default)
        {
            _messages.TellLeader(party, result.Other);
        }

        return CommandAnswer.Ok(Left);
    }

    private async ValueTask<CommandAnswer> KickAsync(Character asker, string typed, CancellationToken cancellationToken)
    {
        if (!Neighbours.TryParse(typed, out KeptName name, out CommandAnswer refusal))
        {
            return refusal;
        }

        PartyResult result = await store.KickAsync(asker.Name.Key, name.Key, cancellationToken);
        await records.CatchUpAfterChangeAsync(cancellationToken);
        if (result is not { Status: PartyStatus.Done, Party: { } party })
        {
            return Refuse(result.Status, name.Display);
        }

        _messages.TellParty(party, result.Other, PartyMessages.MemberKicked);
        _messages.TellKicked(result.Other);
        return CommandAnswer.Ok(Kicked, result.Other.Display);
    }

    private async ValueTask<CommandAnswer> ListAsync(Character asker, CancellationToken cancellationToken)
    {
        CharacterRecord record = records.Find(asker.Name.Key) ?? await store.LoadAsync(asker.Name.Key, cancellationToken);
        if (record.Party is not { } party)
        {
            return CommandAnswer.Error(NotInParty);
        }

        var online = new List<string>(party.Members.Count);
        var offline = new List<string>();
        foreach (KeptName member in party.Members)
        {
            // Himself he sees always.
            int tier = member.Key == asker.Name.Key ? int.MaxValue : asker.Tier;
            if (neighbours.TryFind(member.Key, tier, out Character seen))
            {
                online.Add(seen.State == CharacterState.InMap ? $"{member.Display}({Numbers.Format(seen.Channel)})" : member.Display);
            }
            else
            {
                offline.Add(member.Display);
            }
        }

        string count = Numbers.Format(party.Members.Count);
        string most = Numbers.Format(StateLimits.MaxPartyMembers);
        return offline.Count == 0
            ? CommandAnswer.Ok(List, count, most, party.Leader.Display, string.Join(", ", online))
            : CommandAnswer.Ok(ListWithOffline, count, most, party.Leader.Display, string.Join(", ", online), string.Join(", ", offline));
    }

    private static CommandAnswer Refuse(PartyStatus status, string name) => status switch
    {
        PartyStatus.InParty => CommandAnswer.Error(InParty),
        PartyStatus.NotInParty => CommandAnswer.Error(NotInParty),
        PartyStatus.NotLeader => CommandAnswer.Error(NotLeader),
        PartyStatus.Full => CommandAnswer.Error(Full, Numbers.Format(StateLimits.MaxPartyMembers)),
        PartyStatus.AlreadyMember => CommandAnswer.Error(AlreadyMember, name),
        PartyStatus.OtherInParty => CommandAnswer.Error(OtherInParty, name),
        PartyStatus.OtherIsInvited => CommandAnswer.Error(OtherIsInvited, name),
        PartyStatus.NotMember => CommandAnswer.Error(NotMember, name),
        _ => CommandAnswer.Error(NoInvitation),
    };
}
