using ChannelD.Diagnostics;
using ChannelD.Directory;
using ChannelD.Finding;
using Shared.Protocol.Names;

namespace ChannelD.Commands.BuiltIn;

/// <summary><c>/찾기 이름</c>: where a character is, as <see cref="FindTable"/> decides.</summary>
internal sealed class FindCommand(CharacterDirectory directory, ChannelMetrics metrics) : IPlayerCommand
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
    };

    /// <inheritdoc/>
    public ValueTask<CommandAnswer> RunAsync(CommandCall call, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Find(call.Argument.Span, new Seeker(call.Channel)));

    private CommandAnswer Find(ReadOnlySpan<char> typed, Seeker seeker)
    {
        // Most names are plain: whoever is found under one is found without making a string.
        Span<char> key = stackalloc char[CharacterName.MaxGraphemes];
        if (PlainText.TryWriteNameKey(typed, key))
        {
            return directory.TryFind(key[..typed.Length], out Character target)
                ? Answer(seeker, target, target.Name.Display)
                : Answer(seeker, null, typed.ToString());
        }

        // Far above any spelling of any name: not worth a copy.
        if (typed.Length > CharacterName.MaxTypedChars)
        {
            return CommandAnswer.TooLarge(CharacterName.MaxGraphemes);
        }

        if (!CharacterName.TryParse(typed.ToString(), out CharacterName name, out NameFault fault))
        {
            return fault == NameFault.TooLong ? CommandAnswer.TooLarge(CharacterName.MaxGraphemes) : CommandAnswer.Usage();
        }

        return directory.TryFind(name.Key, out Character found)
            ? Answer(seeker, found, found.Name.Display)
            : Answer(seeker, null, name.Display);
    }

    private CommandAnswer Answer(Seeker seeker, Character? target, string name)
    {
        FindAnswer answer = FindTable.Decide(seeker, target);
        metrics.Found(answer.Reason);
        return answer.Code switch
        {
            FindCodes.SameMap => CommandAnswer.Ok(answer.Code, name, answer.Map),
            FindCodes.OtherChannel => CommandAnswer.Ok(answer.Code, name, Numbers.Format(answer.Channel)),
            _ => CommandAnswer.Ok(answer.Code, name),
        };
    }
}
