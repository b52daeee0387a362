using ChannelD.Diagnostics;
using ChannelD.Finding;
using ChannelD.Presence;
using Microsoft.Extensions.Logging;
using Shared.Protocol.Names;

namespace ChannelD.Commands.BuiltIn;

/// <summary><c>/찾기 이름</c>: where a character is, as <see cref="FindTable"/> decides.</summary>
internal sealed class FindCommand(WorldDirectory world, ChannelMetrics metrics, ILogger<FindCommand> logger) : IPlayerCommand
{
    /// <inheritdoc/>
    public CommandDescription Description { get; } = new()
    {
        Id = "find",
        Names = ["찾기", "find"],
        Usage = new LocalText("/찾기 이름", "/find NAME"),
        Help = new LocalText("그 캐릭터가 어디에 있는지 알려 줍니다.", "tells where a character is."),
        Texts =
        [
            new CommandText(FindCodes.SameMap, "{0}님은 지금 {1}에 있습니다.", "{0} is in {1}."),
            new CommandText(FindCodes.OtherChannel, "{0}님은 지금 {1}채널에 있습니다.", "{0} is in channel {1}."),
            new CommandText(FindCodes.CashShop, "{0}님은 지금 캐시샵에 있습니다.", "{0} is in the cash shop."),
            new CommandText(FindCodes.InTransfer, "{0}님은 지금 맵을 이동하는 중입니다.", "{0} is moving to another map."),
            new CommandText(FindCodes.NotFound, "{0}님을 찾을 수 없습니다.", "{0} cannot be found."),
        ],
        Class = CommandClass.Find,
    };

    /// <inheritdoc/>
    public ValueTask<CommandAnswer> RunAsync(CommandCall call, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Find(call.Argument.Span, new Seeker(call.Channel, call.Asker?.Tier ?? 0)));

    private CommandAnswer Find(ReadOnlySpan<char> typed, Seeker seeker)
    {
        // Most names are plain: whoever is found under one is found without making a string.
        Span<char> key = stackalloc char[CharacterName.MaxGraphemes];
        if (PlainText.TryWriteNameKey(typed, key))
        {
            return Answer(seeker, key[..typed.Length], typed, typedName: null);
        }

        // Far above any spelling of any name: not worth a copy.
        if (typed.Length > CharacterName.MaxTypedChars)
        {
            return CommandAnswer.TooLarge(CharacterName.MaxGraphemes);
        }

        return CharacterName.TryParse(typed.ToString(), out CharacterName name, out NameFault fault) ? Answer(seeker, name.Key, default, name.Display)
            : fault == NameFault.TooLong ? CommandAnswer.TooLarge(CharacterName.MaxGraphemes)
            : CommandAnswer.Usage();
    }

    /// <param name="seeker">Who asks.</param>
    /// <param name="key">The key of the name.</param>
    /// <param name="typed">The name as typed, if that is its NFC.</param>
    /// <param name="typedName">Its NFC otherwise.</param>
    private CommandAnswer Answer(Seeker seeker, ReadOnlySpan<char> key, ReadOnlySpan<char> typed, string? typedName)
    {
        bool isKnown = world.TryFind(key, out Sighting sighting) || sighting.Source == SightingSource.Expired;
        FindAnswer answer = FindTable.Decide(seeker, isKnown ? sighting : null);
        metrics.Found(answer.Reason);
        if (logger.IsEnabled(LogLevel.Debug))
        {
            ChannelLog.Searched(logger, answer.Code, FindReasons.NameOf(answer.Reason));
        }

        return answer.Code switch
        {
            // Whoever is hidden has a spelling of its own, which must not show that it is there.
            FindCodes.NotFound => CommandAnswer.Ok(answer.Code, typedName ?? typed.ToString()),
            FindCodes.SameMap => CommandAnswer.Ok(answer.Code, sighting.Character.Name.Display, answer.Map),
            FindCodes.OtherChannel => CommandAnswer.Ok(answer.Code, sighting.Character.Name.Display, Numbers.Format(answer.Channel)),
            _ => CommandAnswer.Ok(answer.Code, sighting.Character.Name.Display),
        };
    }
}
