namespace ChannelD.Directory;

/// <summary>
/// Who is in which map of which channel: all but those in the cash shop; whoever loads a map counts as in it. Sorted by key, so that the
/// first few of many are found without sorting. Guarded by the directory's lock.
/// </summary>
internal sealed class RoomIndex
{
    private readonly Dictionary<(int Channel, string MapKey), SortedSet<CharacterEntry>> _rooms = [];

    /// <summary>How many maps have anybody in them: an empty one is forgotten.</summary>
    public int Count => _rooms.Count;

    public void Add(CharacterEntry entry)
    {
        (int, string) place = (entry.Channel, entry.Map.Key);
        if (!_rooms.TryGetValue(place, out SortedSet<CharacterEntry>? room))
        {
            room = new SortedSet<CharacterEntry>(ByKey.Instance);
            _rooms.Add(place, room);
        }

        room.Add(entry);
    }

    /// <summary>Removes a character from the map it is in now; nothing happens if it is not listed there.</summary>
    public void Remove(CharacterEntry entry)
    {
        (int, string) place = (entry.Channel, entry.Map.Key);
        if (_rooms.TryGetValue(place, out SortedSet<CharacterEntry>? room) && room.Remove(entry) && room.Count == 0)
        {
            _rooms.Remove(place);
        }
    }

    /// <summary>Those in a map, but for those whom the asker may not know of.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="mapKey">The map's key.</param>
    /// <param name="limit">The most names wanted.</param>
    /// <param name="tier">The asker's tier.</param>
    /// <param name="unseen">How many of those there he may not know of.</param>
    public RoomList List(int channel, string mapKey, int limit, int tier, int unseen)
    {
        if (!_rooms.TryGetValue((channel, mapKey), out SortedSet<CharacterEntry>? room) || room.Count == unseen)
        {
            return new RoomList([], 0);
        }

        int total = room.Count - unseen;
        var names = new string[Math.Min(total, limit)];
        int count = 0;
        using SortedSet<CharacterEntry>.Enumerator entries = room.GetEnumerator();
        while (count < names.Length && entries.MoveNext())
        {
            if (!entries.Current.IsHidden || entries.Current.Tier <= tier)
            {
                names[count++] = entries.Current.Name.Display;
            }
        }

        return new RoomList(names, total);
    }

    public void CollectSessions(int channel, string mapKey, List<SessionId> sessions)
    {
        if (_rooms.TryGetValue((channel, mapKey), out SortedSet<CharacterEntry>? room))
        {
            foreach (CharacterEntry entry in room)
            {
                sessions.Add(entry.Session);
            }
        }
    }

    private sealed class ByKey : IComparer<CharacterEntry>
    {
        public static readonly ByKey Instance = new();

        public int Compare(CharacterEntry? x, CharacterEntry? y) => string.CompareOrdinal(x?.Name.Key, y?.Name.Key);
    }
}
