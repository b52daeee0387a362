using ChannelD.Directory;
using ChannelD.Social;
using ChannelD.State;

namespace ChannelD.Commands.BuiltIn.Social;

/// <summary><c>/차단 추가|해제|목록</c>: of whom a player wants to hear nothing. The blocked do not learn of it.</summary>
internal sealed class BlockCommand(IStateStore store, OnlineRecords records) : NameListCommand(NameList.Blocks, store, records)
{
    /// <inheritdoc/>
    public override CommandDescription Description { get; } = new()
    {
        Id = "block",
        Names = ["차단", "block"],
        Usage = new LocalText("/차단 추가 이름|해제 이름|목록", "/block add NAME|remove NAME|list"),
        Help = new LocalText("차단한 캐릭터의 말은 보이지 않습니다.", "hides what a character says from you."),
        Texts =
        [
            new CommandText(Added, "{0}님을 차단했습니다.", "You have blocked {0}."),
            new CommandText(AlreadyThere, "{0}님은 이미 차단되어 있습니다.", "You have already blocked {0}."),
            new CommandText(Removed, "{0}님의 차단을 풀었습니다.", "You have unblocked {0}."),
            new CommandText(NotThere, "{0}님은 차단되어 있지 않습니다.", "You have not blocked {0}."),
            new CommandText(Full, "{0}명까지만 차단할 수 있습니다.", "You can block at most {0} characters."),
            new CommandText(Self, "자신은 차단할 수 없습니다.", "You cannot block yourself."),
            new CommandText(List, "차단 목록({0}/{1}): {2}", "Blocked ({0}/{1}): {2}"),
            new CommandText(Empty, "차단한 캐릭터가 없습니다.", "You have blocked nobody."),
        ],
        NeedsCharacter = true,
    };

    /// <inheritdoc/>
    protected override async ValueTask<CommandAnswer> RunAsync(Character asker, string argument, CancellationToken cancellationToken)
    {
        (string word, string rest) = CommandWords.Cut(argument);
        return word switch
        {
            "추가" or "add" => await AddAsync(asker, rest, cancellationToken),
            "해제" or "remove" => await RemoveAsync(asker, rest, cancellationToken),
            "목록" or "list" when rest.Length == 0 => await ListAsync(asker, cancellationToken),
            _ => await AddAsync(asker, argument, cancellationToken),
        };
    }

    private async ValueTask<CommandAnswer> ListAsync(Character asker, CancellationToken cancellationToken)
    {
        CharacterRecord record = await RecordOfAsync(asker, cancellationToken);
        return record.Blocks.Count == 0
            ? CommandAnswer.Ok(Empty)
            : CommandAnswer.Ok(
                List,
                Numbers.Format(record.Blocks.Count),
                Numbers.Format(StateLimits.MaxNames),
                string.Join(", ", record.Blocks.Select(blocked => blocked.Display)));
    }
}
