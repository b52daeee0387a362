using ChannelD.Directory;
using ChannelD.Events;
using ChannelD.Presence;
using ChannelD.State;
using Shared.Protocol.Messages.Events;

namespace ChannelD.Social;

/// <summary>
/// Tells this channelD's players when a friend comes or goes, on any channel. What a player is told is what has changed for him: whoever hides from him
/// goes, and whoever was never there for him does not go.
/// </summary>
public sealed class FriendNotices : IPresenceObserver
{
    /// <summary>The command whose texts the notices are.</summary>
    internal const string Command = "buddy";

    /// <summary>Event: a friend has come; argument: name.</summary>
    internal const string Came = "came";

    /// <summary>Event: a friend has gone; argument: name.</summary>
    internal const string Went = "went";

    private readonly OnlineRecords _records;
    private readonly CharacterDirectory _own;
    private readonly Friends _friends;
    private readonly IEventSink _events;

    /// <summary>Makes it.</summary>
    public FriendNotices(OnlineRecords records, CharacterDirectory own, Friends friends, IEventSink events)
    {
        _records = records;
        _own = own;
        _friends = friends;
        _events = events;
    }

    /// <inheritdoc/>
    public void OnArrived(in Character character) => Tell(character.Name.Key, character.Name.Display);

    /// <inheritdoc/>
    public void OnDeparted(in Character character) => Tell(character.Name.Key, character.Name.Display);

    // What counts is what each watcher sees now, and saw before: so it does not matter in which order, or how often, changes are told of.
    private void Tell(string key, string name)
    {
        List<SessionId> came = [];
        List<SessionId> went = [];
        foreach ((SessionId session, CharacterRecord record) in _records.FindFriendsOf(key))
        {
            if (!_own.TryGetPlayed(session, out Character watcher))
            {
                continue;
            }

            bool isSeen = _friends.TrySee(record, watcher.Tier, key, out _);
            bool isNews = _records.ShowFriend(session, key, isSeen);
            bool isMeantForHim = !record.BlockingBuddies.Contains(key) && !record.Blocks.Any(blocked => blocked.Key == key);
            if (isNews && isMeantForHim)
            {
                (isSeen ? came : went).Add(session);
            }
        }

        Push(Came, name, came);
        Push(Went, name, went);
    }

    // Nobody waits for a notice: where a chatD is too far behind, its players see it in their list.
    private void Push(string code, string name, List<SessionId> sessions)
    {
        if (sessions.Count > 0)
        {
            _ = _events.TryPush(new GameMessage(Rooms.Buddy, Command, code, [name], Sender: string.Empty), sessions);
        }
    }
}
