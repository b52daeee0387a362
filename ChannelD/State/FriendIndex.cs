using System.Runtime.InteropServices;
using ChannelD.Directory;

namespace ChannelD.State;

/// <summary>Who of this channelD's characters has whom on the list of friends. Guarded by the lock of <see cref="OnlineRecords"/>.</summary>
internal sealed class FriendIndex
{
    private readonly Dictionary<string, HashSet<RecordEntry>> _byFriend = new(StringComparer.Ordinal);

    /// <summary>The record of an entry is replaced; its present one may be null.</summary>
    public void Replace(RecordEntry entry, CharacterRecord record)
    {
        if (entry.Record is { } earlier && earlier.Buddies.SequenceEqual(record.Buddies))
        {
            return;
        }

        Remove(entry);
        foreach (KeptName friend in record.Buddies)
        {
            ref HashSet<RecordEntry>? entries = ref CollectionsMarshal.GetValueRefOrAddDefault(_byFriend, friend.Key, out _);
            entries ??= [];
            entries.Add(entry);
        }
    }

    /// <summary>An entry goes, or its record.</summary>
    public void Remove(RecordEntry entry)
    {
        foreach (KeptName friend in entry.Record?.Buddies ?? [])
        {
            if (_byFriend.TryGetValue(friend.Key, out HashSet<RecordEntry>? entries) && entries.Remove(entry) && entries.Count == 0)
            {
                _byFriend.Remove(friend.Key);
            }
        }
    }

    /// <summary>Those in the game who have a character on their list.</summary>
    public IReadOnlyList<(SessionId Session, CharacterRecord Record)> Find(string key)
    {
        if (!_byFriend.TryGetValue(key, out HashSet<RecordEntry>? entries))
        {
            return [];
        }

        var found = new List<(SessionId, CharacterRecord)>(entries.Count);
        foreach (RecordEntry entry in entries)
        {
            if (entry is { Session: { } session, Record: { } record })
            {
                found.Add((session, record));
            }
        }

        return found;
    }
}
