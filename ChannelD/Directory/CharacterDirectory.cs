using System.Diagnostics.CodeAnalysis;
using Shared.Protocol.Names;

namespace ChannelD.Directory;

/// <summary>
/// Where every character is. Finding one is one look-up, however many there are.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>Thread-safe: one lock guards the three indexes (by name key, by session, by map), so that nobody sees them disagree. Nothing
/// waits or calls out under it.</item>
/// <item>A name is in the game at most once, and a session plays at most one character.</item>
/// <item>Everything handed out is a copy.</item>
/// </list>
/// </remarks>
public sealed class CharacterDirectory
{
    /// <summary>How many sessions of an ended chatD are removed before others may have the lock: some hundred microseconds' work.</summary>
    private const int EndedAtOnce = 256;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly int _maxCharacters;
    private readonly Dictionary<string, CharacterEntry> _byKey;
    private readonly Dictionary<string, CharacterEntry>.AlternateLookup<ReadOnlySpan<char>> _byKeySpan;
    private readonly SessionIndex _sessions = new();
    private readonly RoomIndex _rooms = new();

    /// <summary>Makes an empty directory.</summary>
    /// <param name="time">The clock that ends transfers.</param>
    /// <param name="maxCharacters">The most characters in the game at once; at least 1.</param>
    public CharacterDirectory(TimeProvider time, int maxCharacters)
        : this(time, maxCharacters, StringComparer.Ordinal)
    {
    }

    internal CharacterDirectory(TimeProvider time, int maxCharacters, IEqualityComparer<string> keyComparer)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxCharacters, 1);
        _time = time;
        _maxCharacters = maxCharacters;
        _byKey = new Dictionary<string, CharacterEntry>(keyComparer);
        _byKeySpan = _byKey.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>How many characters are in the game.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _byKey.Count;
            }
        }
    }

    /// <summary>How many entries each index has, to prove that they agree.</summary>
    internal (int Names, int Sessions, int Rooms) IndexCounts
    {
        get
        {
            lock (_gate)
            {
                return (_byKey.Count, _sessions.Count, _rooms.Count);
            }
        }
    }

    /// <summary>A character enters the game and stands in its map.</summary>
    /// <param name="session">The session that plays it.</param>
    /// <param name="name">A parsed name.</param>
    /// <param name="channel">Its channel.</param>
    /// <param name="map">Its map.</param>
    /// <param name="character">With <see cref="EnterStatus.Entered"/> and <see cref="EnterStatus.WasThere"/> the character as it now is.</param>
    public EnterStatus Enter(SessionId session, CharacterName name, int channel, MapName map, out Character character)
    {
        character = default;
        lock (_gate)
        {
            if (_sessions.TryGet(session, out CharacterEntry? played))
            {
                if (played.Name != name)
                {
                    return EnterStatus.PlaysAnother;
                }

                character = played.SnapshotAt(_time.GetTimestamp());
                return EnterStatus.WasThere;
            }

            if (_byKey.ContainsKey(name.Key))
            {
                return EnterStatus.NameTaken;
            }

            if (_byKey.Count >= _maxCharacters)
            {
                return EnterStatus.Full;
            }

            var entry = new CharacterEntry(name, session, channel, map);
            _byKey.Add(name.Key, entry);
            _sessions.Add(entry);
            _rooms.Add(entry);
            character = entry.SnapshotAt(_time.GetTimestamp());
            return EnterStatus.Entered;
        }
    }

    /// <summary>The character of a session leaves the game.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Leave(SessionId session)
    {
        lock (_gate)
        {
            if (!_sessions.TryGet(session, out CharacterEntry? entry))
            {
                return false;
            }

            Remove(entry);
            return true;
        }
    }

    /// <summary>Ends all sessions of a chatD that are not of its present run: what an earlier process of it left behind.</summary>
    /// <param name="chatInstance">The chatD.</param>
    /// <param name="exceptGeneration">Its present generation.</param>
    /// <returns>How many ended.</returns>
    /// <remarks>Lets others have the lock in between; sessions of the present run may come and go meanwhile.</remarks>
    public int EndSessionsOf(int chatInstance, ulong exceptGeneration)
    {
        int ended = 0;
        while (true)
        {
            lock (_gate)
            {
                List<CharacterEntry> left = _sessions.TakeOfOtherRuns(chatInstance, exceptGeneration, EndedAtOnce);
                left.ForEach(Remove);
                ended += left.Count;
                if (left.Count < EndedAtOnce)
                {
                    return ended;
                }
            }
        }
    }

    /// <summary>The character with this key, in one look-up and without allocating.</summary>
    /// <param name="key">The key of a name; see <see cref="CharacterName.Key"/>.</param>
    /// <param name="character">The character.</param>
    /// <returns>Whether it is in the game.</returns>
    public bool TryFind(ReadOnlySpan<char> key, out Character character)
    {
        lock (_gate)
        {
            return TrySnapshot(_byKeySpan.TryGetValue(key, out CharacterEntry? entry) ? entry : null, out character);
        }
    }

    /// <summary>The character that a session plays.</summary>
    /// <returns>Whether the session is known.</returns>
    public bool TryGetPlayed(SessionId session, out Character character)
    {
        lock (_gate)
        {
            return TrySnapshot(_sessions.TryGet(session, out CharacterEntry? entry) ? entry : null, out character);
        }
    }

    /// <summary>Takes the character of a session to another map of its channel.</summary>
    /// <param name="session">The session.</param>
    /// <param name="map">The map.</param>
    /// <param name="load">How long loading it takes; zero for at once.</param>
    /// <param name="character">The character as it now is; default if there is no such session.</param>
    public MoveStatus Move(SessionId session, MapName map, TimeSpan load, out Character character)
    {
        lock (_gate)
        {
            long now = _time.GetTimestamp();
            MoveStatus status = MoveStatus.NoSession;
            if (_sessions.TryGet(session, out CharacterEntry? entry))
            {
                status = Move(entry, map, load, now);
            }

            TrySnapshot(entry, out character);
            return status;
        }
    }

    /// <summary>The character of a session enters the cash shop: it is in no map then.</summary>
    public MoveStatus EnterCashShop(SessionId session)
    {
        lock (_gate)
        {
            if (!_sessions.TryGet(session, out CharacterEntry? entry))
            {
                return MoveStatus.NoSession;
            }

            switch (entry.StateAt(_time.GetTimestamp()))
            {
                case CharacterState.CashShop:
                    return MoveStatus.AlreadyThere;
                case CharacterState.InTransfer:
                    return MoveStatus.InTransfer;
                default:
                    _rooms.Remove(entry);
                    entry.IsInCashShop = true;
                    return MoveStatus.Done;
            }
        }
    }

    /// <summary>The character of a session returns from the cash shop to its map.</summary>
    /// <returns><see cref="MoveStatus.AlreadyThere"/> if it was not in the cash shop.</returns>
    public MoveStatus LeaveCashShop(SessionId session)
    {
        lock (_gate)
        {
            if (!_sessions.TryGet(session, out CharacterEntry? entry))
            {
                return MoveStatus.NoSession;
            }

            if (!entry.IsInCashShop)
            {
                return MoveStatus.AlreadyThere;
            }

            entry.IsInCashShop = false;
            _rooms.Add(entry);
            return MoveStatus.Done;
        }
    }

    /// <summary>Those in a map: all but those in the cash shop; whoever is loading the map is among them.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="map">The map.</param>
    /// <param name="limit">The most names wanted.</param>
    public RoomList List(int channel, MapName map, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        lock (_gate)
        {
            return _rooms.List(channel, map.Key, limit);
        }
    }

    private MoveStatus Move(CharacterEntry entry, MapName map, TimeSpan load, long now)
    {
        switch (entry.StateAt(now))
        {
            case CharacterState.CashShop:
                return MoveStatus.InCashShop;
            case CharacterState.InTransfer:
                return MoveStatus.InTransfer;
        }

        if (entry.Map == map)
        {
            return MoveStatus.AlreadyThere;
        }

        _rooms.Remove(entry);
        entry.Map = map;
        _rooms.Add(entry);
        if (load <= TimeSpan.Zero)
        {
            return MoveStatus.Done;
        }

        entry.LoadedAt = now + (long)(load.TotalSeconds * _time.TimestampFrequency);
        return MoveStatus.Started;
    }

    private void Remove(CharacterEntry entry)
    {
        _byKey.Remove(entry.Name.Key);
        _sessions.Remove(entry.Session);
        _rooms.Remove(entry);
    }

    private bool TrySnapshot([NotNullWhen(true)] CharacterEntry? entry, out Character character)
    {
        character = entry?.SnapshotAt(_time.GetTimestamp()) ?? default;
        return entry is not null;
    }
}
