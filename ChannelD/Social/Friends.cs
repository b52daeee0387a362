using ChannelD.Directory;
using ChannelD.State;

namespace ChannelD.Social;

/// <summary>
/// Which friends a player sees in the game. A friend who hides from him, or who blocks him, is not there for him, exactly as one who is not in the
/// game.
/// </summary>
public sealed class Friends
{
    private readonly OnlineRecords _records;
    private readonly CharacterDirectory _own;
    private readonly Neighbours _neighbours;

    /// <summary>Makes it.</summary>
    public Friends(OnlineRecords records, CharacterDirectory own, Neighbours neighbours)
    {
        _records = records;
        _own = own;
        _neighbours = neighbours;
    }

    /// <summary>A friend as a player sees him; false where he does not.</summary>
    /// <param name="record">The player's record.</param>
    /// <param name="tier">The player's tier.</param>
    /// <param name="friend">The friend's name key.</param>
    /// <param name="character">The friend.</param>
    public bool TrySee(CharacterRecord record, int tier, string friend, out Character character)
    {
        ArgumentNullException.ThrowIfNull(record);
        character = default;
        return !record.BlockingBuddies.Contains(friend) && _neighbours.TryFind(friend, tier, out character);
    }

    /// <summary>Takes note of whom a player sees now, without telling him: when he comes, and when his list has changed.</summary>
    /// <param name="session">The player's session.</param>
    public void Refresh(SessionId session)
    {
        if (!_own.TryGetPlayed(session, out Character player) || _records.Find(player.Name.Key) is not { } record)
        {
            return;
        }

        foreach (KeptName friend in record.Buddies)
        {
            _ = _records.ShowFriend(session, friend.Key, TrySee(record, player.Tier, friend.Key, out _));
        }
    }
}
