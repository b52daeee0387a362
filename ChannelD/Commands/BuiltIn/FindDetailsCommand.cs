using System.Globalization;
using ChannelD.Diagnostics;
using ChannelD.Directory;
using ChannelD.Finding;
using ChannelD.Presence;
using Shared.Protocol.Names;

namespace ChannelD.Commands.BuiltIn;

/// <summary><c>/찾기! 이름</c>: all that is known of a character and why a player is told what he is told; for game masters.</summary>
internal sealed class FindDetailsCommand(WorldDirectory world, ChannelMetrics metrics) : IPlayerCommand
{
    private const string Details = "details";
    private const string Nothing = "nothing";

    /// <inheritdoc/>
    public CommandDescription Description { get; } = new()
    {
        Id = "find_details",
        Names = ["찾기!", "find!"],
        Usage = new LocalText("/찾기! 이름", "/find! NAME"),
        Help = new LocalText(
            "그 캐릭터에 대해 알려진 모든 것을 보여 줍니다.", "shows all that is known of a character, and why players are told what they are told."),
        Texts =
        [
            new CommandText(
                Details,
                "{0}님: {1}({2}), {3}채널 {4}, 상태 {5}, 숨김 {6}, 등급 {7}, 출처 {8}, {9}ms 전 정보입니다.",
                "{0}: {1} ({2}), channel {3}, map {4}, state {5}, hidden {6}, tier {7}, source {8}, {9} ms old."),
            new CommandText(Nothing, "{0}님: {1}({2}). 알려진 것이 없습니다.", "{0}: {1} ({2}). Nothing else is known."),
        ],
        MinTier = 1,
        Class = CommandClass.Find,
        NeedsCharacter = true,
    };

    /// <inheritdoc/>
    public ValueTask<CommandAnswer> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        if (!CharacterName.TryParse(call.Argument.ToString(), out CharacterName name, out NameFault fault))
        {
            return ValueTask.FromResult(
                fault == NameFault.TooLong ? CommandAnswer.TooLarge(CharacterName.MaxGraphemes) : CommandAnswer.Usage());
        }

        return ValueTask.FromResult(Answer(name, new Seeker(call.Channel, call.Asker?.Tier ?? 0)));
    }

    private CommandAnswer Answer(CharacterName name, Seeker seeker)
    {
        bool isKnown = world.TryFind(name.Key, out Sighting sighting) || sighting.Source == SightingSource.Expired;

        // Whoever is hidden from this game master is not there for him, not even for its reason.
        bool isSeen = isKnown && sighting.Character.IsVisibleTo(seeker.Tier);
        FindAnswer answer = FindTable.Decide(seeker, isKnown ? sighting : null);
        metrics.Found(answer.Reason);
        if (!isSeen)
        {
            return CommandAnswer.Ok(Nothing, name.Display, FindReasons.NameOf(FindReason.NotInGame), FindCodes.NotFound);
        }

        Character character = sighting.Character;
        return CommandAnswer.Ok(
            Details,
            character.Name.Display,
            FindReasons.NameOf(answer.Reason),
            answer.Code,
            Numbers.Format(character.Channel),
            character.Map.Display,
            PresenceMetrics.NameOf(character.State),
            character.IsHidden ? "yes" : "no",
            Numbers.Format(character.Tier),
            SightingSources.NameOf(sighting.Source),
            sighting.AgeMs.ToString(CultureInfo.InvariantCulture));
    }
}
