using ChannelD.Directory;
using ChannelD.Social;
using ChannelD.State;

namespace ChannelD.Commands.BuiltIn.Social;

/// <summary>
/// <c>/친구 추가|삭제|목록</c>: whom a player wants to see come and go. A watch list: it needs nobody's consent, and shows no more than
/// <c>/찾기</c> does.
/// </summary>
internal sealed class BuddyCommand(IStateStore store, OnlineRecords records, Friends friends) : NameListCommand(NameList.Buddies, store, records)
{
    private const string AllOnline = "all_online";
    private const string AllOffline = "all_offline";

    /// <inheritdoc/>
    public override CommandDescription Description { get; } = new()
    {
        Id = FriendNotices.Command,
        Names = ["친구", "buddy"],
        Usage = new LocalText("/친구 추가 이름|삭제 이름|목록", "/buddy add NAME|remove NAME|list"),
        Help = new LocalText("친구가 접속하거나 나가면 알려 줍니다.", "tells you when friends come and go."),
        Texts =
        [
            new CommandText(Added, "{0}님을 친구로 추가했습니다.", "{0} is now on your list of friends."),
            new CommandText(AlreadyThere, "{0}님은 이미 친구입니다.", "{0} is already on your list of friends."),
            new CommandText(Removed, "{0}님을 친구 목록에서 삭제했습니다.", "{0} is no longer on your list of friends."),
            new CommandText(NotThere, "{0}님은 친구 목록에 없습니다.", "{0} is not on your list of friends."),
            new CommandText(Full, "친구는 {0}명까지만 추가할 수 있습니다.", "You can have at most {0} friends."),
            new CommandText(Self, "자신은 친구로 추가할 수 없습니다.", "You cannot add yourself."),
            new CommandText(List, "친구 {0}/{1}명. 접속 중(채널): {2}. 오프라인: {3}", "Friends: {0}/{1}. Online (channel): {2}. Offline: {3}"),
            new CommandText(AllOnline, "친구 {0}/{1}명. 접속 중(채널): {2}", "Friends: {0}/{1}. Online (channel): {2}"),
            new CommandText(AllOffline, "친구 {0}/{1}명. 오프라인: {2}", "Friends: {0}/{1}. Offline: {2}"),
            new CommandText(Empty, "친구 목록이 비어 있습니다.", "Your list of friends is empty."),
            new CommandText(FriendNotices.Came, "친구 {0}님이 접속했습니다.", "Your friend {0} has come online.", IsEvent: true),
            new CommandText(FriendNotices.Went, "친구 {0}님이 나갔습니다.", "Your friend {0} has gone offline.", IsEvent: true),
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
            "삭제" or "remove" => await RemoveAsync(asker, rest, cancellationToken),
            "목록" or "list" when rest.Length == 0 => await ListAsync(asker, cancellationToken),
            _ => CommandAnswer.Usage(),
        };
    }

    private protected override void OnAdded(Character asker) => friends.Refresh(asker.Session);

    private static string Describe(Character friend) =>
        friend.State == CharacterState.InMap ? $"{friend.Name.Display}({Numbers.Format(friend.Channel)})" : friend.Name.Display;

    private async ValueTask<CommandAnswer> ListAsync(Character asker, CancellationToken cancellationToken)
    {
        CharacterRecord record = await RecordOfAsync(asker, cancellationToken);
        List<string> online = [];
        List<string> offline = [];
        foreach (KeptName friend in record.Buddies)
        {
            if (friends.TrySee(record, asker.Tier, friend.Key, out Character seen))
            {
                online.Add(Describe(seen));
            }
            else
            {
                offline.Add(friend.Display);
            }
        }

        string count = Numbers.Format(record.Buddies.Count);
        string limit = Numbers.Format(StateLimits.MaxNames);
        return (online.Count, offline.Count) switch
        {
            (0, 0) => CommandAnswer.Ok(Empty),
            (_, 0) => CommandAnswer.Ok(AllOnline, count, limit, string.Join(", ", online)),
            (0, _) => CommandAnswer.Ok(AllOffline, count, limit, string.Join(", ", offline)),
            _ => CommandAnswer.Ok(List, count, limit, string.Join(", ", online), string.Join(", ", offline)),
        };
    }
}
