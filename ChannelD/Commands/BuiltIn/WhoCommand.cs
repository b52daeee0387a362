using ChannelD.Directory;

namespace ChannelD.Commands.BuiltIn;

/// <summary><c>/누구</c>: who is in the asker's map. The answer is bounded, however crowded the map.</summary>
internal sealed class WhoCommand(CharacterDirectory directory) : IPlayerCommand
{
    /// <summary>The most names in an answer.</summary>
    public const int MaxNames = 50;

    private const string People = "people";
    private const string PeopleAndMore = "people_and_more";
    private const string Nobody = "nobody";

    /// <inheritdoc/>
    public CommandDescription Description { get; } = new()
    {
        Id = "who",
        Names = ["누구", "who"],
        Usage = new LocalText("/누구", "/who"),
        Help = new LocalText("같은 맵에 있는 캐릭터를 보여 줍니다.", "lists the characters in your map."),
        Texts =
        [
            new CommandText(People, "{0}에 {1}명이 있습니다: {2}", "In {0} ({1}): {2}"),
            new CommandText(PeopleAndMore, "{0}에 {1}명이 있습니다: {2} 외 {3}명", "In {0} ({1}): {2} and {3} more"),
            new CommandText(Nobody, "{0}에 아무도 없습니다.", "Nobody is in {0}."),
        ],
        NeedsCharacter = true,
    };

    /// <inheritdoc/>
    public ValueTask<CommandAnswer> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        if (call.Asker is not { } asker || !call.Argument.IsEmpty)
        {
            return ValueTask.FromResult(CommandAnswer.Usage());
        }

        RoomList room = directory.List(asker.Channel, asker.Map, MaxNames, asker.Tier);
        string map = asker.Map.Display;
        string total = Numbers.Format(room.Total);
        string names = string.Join(", ", room.Names);
        int more = room.Total - room.Names.Count;
        return ValueTask.FromResult(room.Total switch
        {
            0 => CommandAnswer.Ok(Nobody, map),
            _ when more > 0 => CommandAnswer.Ok(PeopleAndMore, map, total, names, Numbers.Format(more)),
            _ => CommandAnswer.Ok(People, map, total, names),
        });
    }
}
