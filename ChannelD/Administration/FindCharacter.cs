using ChannelD.Diagnostics;
using ChannelD.Directory;
using ChannelD.Finding;
using ChannelD.Moderation;
using ChannelD.Presence;
using ChannelD.State;
using Microsoft.Extensions.Options;
using Shared.Operations.Administration;
using Shared.Protocol.Administration;
using Shared.Protocol.Names;
using Answer = Shared.Protocol.Administration.FindAnswer;

namespace ChannelD.Administration;

/// <summary>All that this channelD knows of a character, and what the decision table of <c>/찾기</c> makes of it. It is not counted as a search.</summary>
internal sealed class FindCharacter(IOptions<ChannelOptions> options, WorldDirectory world, IStateStore store, TimeProvider time) : IAdminCommand
{
    /// <inheritdoc/>
    public string Path => AdminPaths.Find;

    /// <inheritdoc/>
    public AdminCommandKind Kind => AdminCommandKind.Read;

    /// <inheritdoc/>
    public async ValueTask<AdminReply> RunAsync(AdminCall call, CancellationToken cancellationToken)
    {
        CharacterName name = OperatorNames.Read(call.Find("name"));
        return AdminReply.Of(await AddMuteAsync(Find(name), name, cancellationToken), AdminJson.Default.FindAnswer);
    }

    private async ValueTask<Answer> AddMuteAsync(Answer answer, CharacterName name, CancellationToken cancellationToken)
    {
        try
        {
            Mute? kept = (await store.LoadAsync(name.Key, cancellationToken)).Mute;
            return kept is { } mute && mute.UntilUtc > time.GetUtcNow()
                ? answer with { Mute = new MuteFacts(mute.UntilUtc, mute.Reason, mute.IssuedBy, mute.IssuedUtc) }
                : answer;
        }
        catch (StateStoreException)
        {
            // Where it is does not depend on the store. The store has said so in the log.
            return answer with { MuteUnknown = true };
        }
    }

    private Answer Find(CharacterName name)
    {
        bool isFound = world.TryFind(name.Key, out Sighting sighting);
        bool isKnown = isFound || sighting.Source == SightingSource.Expired;
        Sighting? known = isKnown ? sighting : null;
        int channel = options.Value.Id;
        Finding.FindAnswer player = FindTable.Decide(new Seeker(channel), known);
        Answer answer = new()
        {
            AskedChannel = channel,
            Name = name.Display,
            Found = isFound,
            Reason = FindReasons.NameOf(FindTable.Decide(new Seeker(channel, OperatorNames.Tier), known).Reason),
            PlayerCode = player.Code,
            PlayerReason = FindReasons.NameOf(player.Reason),
            Source = isKnown ? SightingSources.NameOf(sighting.Source) : "none",
        };
        return isKnown ? AddTo(answer, sighting) : answer;
    }

    private static Answer AddTo(Answer answer, in Sighting sighting)
    {
        Character character = sighting.Character;
        return answer with
        {
            Name = character.Name.Display,
            AgeMs = sighting.AgeMs,
            Channel = character.Channel,
            Map = character.Map.Display,
            State = PresenceMetrics.NameOf(character.State),
            Hidden = character.IsHidden,
            Tier = character.Tier,
            ChatInstance = character.Session.ChatInstance,
            SessionId = character.Session.UserId,
        };
    }
}
