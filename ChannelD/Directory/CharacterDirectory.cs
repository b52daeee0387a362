using System.Diagnostics.CodeAnalysis;
using Shared.Protocol.Names;
using Shared.Protocol.Requests;

namespace ChannelD.Directory;

/// <summary>
/// Where every character of this channelD is. Finding one is one look-up, however many there are.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>Thread-safe: one lock guards the indexes (by name key, by session, by map, by number), so that nobody sees them disagree. Nothing
/// waits or calls out under it; listeners are told afterwards.</item>
/// <item>A name is in the game at most once, and a session plays at most one character.</item>
/// <item>Everything handed out is a copy.</item>
/// </list>
/// </remarks>
public sealed partial class CharacterDirectory
{
    /// <summary>How many sessions of an ended chatD are removed before others may have the lock: some hundred microseconds' work.</summary>
    private const int EndedAtOnce = 256;

    private readonly Lock _gate = new();
    private readonly MonotonicClock _clock;
    private readonly int _maxCharacters;
    private readonly IOtherChannels? _others;
    private readonly Dictionary<string, CharacterEntry> _byKey;
    private readonly Dictionary<string, CharacterEntry>.AlternateLookup<ReadOnlySpan<char>> _byKeySpan;
    private readonly SessionIndex _sessions = new();
    private readonly RoomIndex _rooms = new();
    private readonly CharacterSlots _slots = new();

    // Game masters who watch somebody, and those who hide: a handful at most, so that whoever speaks or looks around pays next to nothing.
    private readonly HashSet<CharacterEntry> _watchers = [];
    private readonly HashSet<CharacterEntry> _hidden = [];

    // Replaced as a whole, so that it is read without the lock.
    private volatile IDirectoryListener[] _listeners = [];

    /// <summary>Makes an empty directory.</summary>
    /// <param name="time">The clock that ends transfers.</param>
    /// <param name="maxCharacters">The most characters in the game at once; at least 1.</param>
    public CharacterDirectory(TimeProvider time, int maxCharacters)
        : this(time, maxCharacters, others: null)
    {
    }

    internal CharacterDirectory(TimeProvider time, int maxCharacters, IOtherChannels? others)
        : this(time, maxCharacters, StringComparer.Ordinal, others)
    {
    }

    internal CharacterDirectory(TimeProvider time, int maxCharacters, IEqualityComparer<string> keyComparer, IOtherChannels? others = null)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxCharacters, 1);
        _clock = new MonotonicClock(time);
        _maxCharacters = maxCharacters;
        _others = others;
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
    /// <param name="session">The session that plays it. If it was on the way to another channel, it stays; if another channelD has it, it has moved here.</param>
    /// <param name="name">A parsed name.</param>
    /// <param name="channel">Its channel.</param>
    /// <param name="map">Its map.</param>
    /// <param name="tier">0 for a player, from 1 for a game master.</param>
    /// <param name="character">With <see cref="EnterStatus.Entered"/> and <see cref="EnterStatus.WasThere"/> the character as it now is.</param>
    public EnterStatus Enter(SessionId session, CharacterName name, int channel, MapName map, int tier, out Character character)
    {
        EnterStatus status = EnterQuietly(session, name, channel, map, tier, isHiddenUnlessKnown: false, out character, out bool hasChanged);
        Tell(character, isGone: false, hasChanged);
        return status;
    }

    /// <summary>As above, for a caller that holds a lock, and calls <see cref="TellEntered"/> when it does not any more.</summary>
    /// <param name="session">The session that plays it.</param>
    /// <param name="name">A parsed name.</param>
    /// <param name="channel">Its channel.</param>
    /// <param name="map">Its map.</param>
    /// <param name="tier">0 for a player, from 1 for a game master.</param>
    /// <param name="isHiddenUnlessKnown">Whether it is hidden, unless it moves here from a channelD that has said whether it is.</param>
    /// <param name="character">As above.</param>
    /// <param name="hasChanged">Whether there is something to be told.</param>
    internal EnterStatus EnterQuietly(
        SessionId session,
        CharacterName name,
        int channel,
        MapName map,
        int tier,
        bool isHiddenUnlessKnown,
        out Character character,
        out bool hasChanged)
    {
        // Not under the lock: whoever takes the name elsewhere in this very moment is met afterwards, when both learn of each other.
        Character? elsewhere = _others is not null && _others.TryFindElsewhere(name.Key, out Character found) ? found : null;
        EnterStatus status;
        lock (_gate)
        {
            long nowNs = _clock.NowNs;
            if (_sessions.TryGet(session, out CharacterEntry? entry))
            {
                bool isHere = entry.Name == name;
                hasChanged = isHere && Return(entry, channel, elsewhere, nowNs);
                status = isHere ? EnterStatus.WasThere : EnterStatus.PlaysAnother;
                character = isHere ? entry.SnapshotAt(nowNs) : default;
            }
            else
            {
                bool isTaken = _byKey.ContainsKey(name.Key) || (elsewhere is { } other && other.Session != session);
                status = isTaken ? EnterStatus.NameTaken
                    : _byKey.Count >= _maxCharacters ? EnterStatus.Full
                    : EnterStatus.Entered;
                hasChanged = status == EnterStatus.Entered;
                character = hasChanged
                    ? AddMoved(new CharacterEntry(name, session, channel, map, tier) { EnteredAtNs = After(elsewhere, nowNs) }, elsewhere, isHiddenUnlessKnown)
                        .SnapshotAt(nowNs)
                    : default;
            }
        }

        return status;
    }

    /// <summary>Tells whoever listens of a character that <see cref="EnterQuietly"/> has let in.</summary>
    internal void TellEntered(in Character character) => Tell(character, isGone: false);

    /// <summary>As above, for a player.</summary>
    public EnterStatus Enter(SessionId session, CharacterName name, int channel, MapName map, out Character character) =>
        Enter(session, name, channel, map, tier: 0, out character);

    /// <summary>The character of a session leaves the game.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Leave(SessionId session) => Leave(session, enteredAtNs: null);

    /// <summary>The character of a session leaves, unless it has entered again since.</summary>
    /// <param name="session">The session.</param>
    /// <param name="enteredAtNs">When it entered; null for whenever.</param>
    /// <returns>Whether it has left.</returns>
    internal bool Leave(SessionId session, long? enteredAtNs)
    {
        Character left;
        lock (_gate)
        {
            if (!_sessions.TryGet(session, out CharacterEntry? entry) || entry.EnteredAtNs != (enteredAtNs ?? entry.EnteredAtNs))
            {
                return false;
            }

            left = entry.SnapshotAt(_clock.NowNs);
            Remove(entry);
        }

        Tell(left, isGone: true);
        return true;
    }

    /// <summary>Ends all sessions of a chatD that are not of its present run: what an earlier process of it left behind.</summary>
    /// <param name="chatInstance">The chatD.</param>
    /// <param name="exceptGeneration">Its present generation.</param>
    /// <returns>How many ended.</returns>
    /// <remarks>Lets others have the lock in between; sessions of the present run may come and go meanwhile.</remarks>
    public int EndSessionsOf(int chatInstance, ulong exceptGeneration)
    {
        int ended = 0;
        var left = new List<Character>();
        do
        {
            left.Clear();
            lock (_gate)
            {
                long nowNs = _clock.NowNs;
                foreach (CharacterEntry entry in _sessions.TakeOfOtherRuns(chatInstance, exceptGeneration, EndedAtOnce))
                {
                    left.Add(entry.SnapshotAt(nowNs));
                    Remove(entry);
                }
            }

            left.ForEach(character => Tell(character, isGone: true));
            ended += left.Count;
        }
        while (left.Count == EndedAtOnce);

        return ended;
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

    /// <summary>Whether a session plays a character of another channelD, as far as that has told.</summary>
    internal bool IsPlayedElsewhere(SessionId session, string key) =>
        _others is not null && _others.TryFindElsewhere(key, out Character other) && other.Session == session;

    /// <summary>The sessions of those in a map, to whom something said there goes: all but those in the cash shop.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="map">The map.</param>
    /// <param name="sessions">Takes them; is emptied first. Reused by its owner, so that a full map costs no new list.</param>
    public void CollectSessions(int channel, MapName map, List<SessionId> sessions)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        sessions.Clear();
        lock (_gate)
        {
            _rooms.CollectSessions(channel, map.Key, sessions);
        }
    }

    /// <summary>Those in a map: all but those in the cash shop; whoever is loading the map is among them.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="map">The map.</param>
    /// <param name="limit">The most names wanted.</param>
    /// <param name="tier">The tier of whoever asks: those hidden from it are neither listed nor counted. By default nobody is hidden.</param>
    public RoomList List(int channel, MapName map, int limit, int tier = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        lock (_gate)
        {
            int unseen = 0;
            foreach (CharacterEntry entry in _hidden)
            {
                unseen += entry.Tier > tier && !entry.IsInCashShop && entry.Channel == channel && entry.Map == map ? 1 : 0;
            }

            return _rooms.List(channel, map.Key, limit, tier, unseen);
        }
    }

    /// <summary>Has somebody told of every change from now on. Never ends.</summary>
    internal void Listen(IDirectoryListener listener)
    {
        lock (_gate)
        {
            _listeners = [.. _listeners, listener];
        }
    }

    /// <summary>Copies the next characters of all, a few at a time; see <see cref="CharacterSlots.Copy"/>.</summary>
    internal bool CopyNext(ref int cursor, int maxSlots, List<Character> characters)
    {
        lock (_gate)
        {
            return _slots.Copy(ref cursor, maxSlots, _clock.NowNs, characters);
        }
    }

    private CharacterEntry Add(CharacterEntry entry)
    {
        _byKey.Add(entry.Name.Key, entry);
        _sessions.Add(entry);
        _rooms.Add(entry);
        _slots.Add(entry);
        return entry;
    }

    private void Remove(CharacterEntry entry)
    {
        _byKey.Remove(entry.Name.Key);
        _sessions.Remove(entry.Session);
        _rooms.Remove(entry);
        _slots.Remove(entry);
        _watchers.Remove(entry);
        _hidden.Remove(entry);
    }

    private bool TrySnapshot([NotNullWhen(true)] CharacterEntry? entry, out Character character)
    {
        character = entry?.SnapshotAt(_clock.NowNs) ?? default;
        return entry is not null;
    }

    private void Tell(in Character character, bool isGone, bool hasChanged = true)
    {
        if (!hasChanged)
        {
            return;
        }

        foreach (IDirectoryListener listener in _listeners)
        {
            listener.OnChanged(character, isGone);
        }
    }
}
