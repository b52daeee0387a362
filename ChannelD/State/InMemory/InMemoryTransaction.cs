using ChannelD.Moderation;
using ChannelD.State.Rules;

namespace ChannelD.State.InMemory;

/// <summary>The rows of an <see cref="InMemoryStateStore"/>. Guarded by its lock.</summary>
internal sealed class InMemoryTransaction : IStateTransaction
{
    private readonly Dictionary<string, Mute> _mutes = new(StringComparer.Ordinal);
    private readonly Dictionary<(NameList List, string Owner), List<KeptName>> _names = [];
    private readonly Dictionary<long, Party> _parties = [];
    private readonly Dictionary<string, long> _partyOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Invitation> _invitations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _versions = new(StringComparer.Ordinal);
    private readonly SortedSet<(long Number, string Key)> _changes = new(ByNumber.Instance);
    private long _cursor;
    private bool _isNumbered;

    /// <summary>A new transaction begins.</summary>
    public void Begin() => _isNumbered = false;

    public long GetCursor() => _cursor;

    public long GetVersion(string key) => _versions.GetValueOrDefault(key);

    public IReadOnlyList<(string Key, long Number)> GetChanges(long after, int limit) => _cursor <= after
        ? []
        : [.. _changes.GetViewBetween((after + 1, string.Empty), (long.MaxValue, string.Empty)).Take(limit).Select(change => (change.Key, change.Number))];

    public void MarkChanged(string key)
    {
        long number = Number();
        if (_versions.TryGetValue(key, out long earlier))
        {
            _changes.Remove((earlier, key));
        }

        _versions[key] = number;
        _changes.Add((number, key));
    }

    public Mute? GetMute(string key) => _mutes.TryGetValue(key, out Mute mute) ? mute : null;

    public void PutMute(string key, Mute mute) => _mutes[key] = mute;

    public void RemoveMute(string key) => _mutes.Remove(key);

    public IReadOnlyList<KeptName> GetNames(NameList list, string owner) =>
        _names.TryGetValue((list, owner), out List<KeptName>? names) ? [.. names] : [];

    public void AddName(NameList list, string owner, KeptName name)
    {
        if (!_names.TryGetValue((list, owner), out List<KeptName>? names))
        {
            names = [];
            _names.Add((list, owner), names);
        }

        names.Add(name);
    }

    public void RemoveName(NameList list, string owner, string key)
    {
        List<KeptName> names = _names[(list, owner)];
        names.RemoveAll(name => name.Key == key);
        if (names.Count == 0)
        {
            _names.Remove((list, owner));
        }
    }

    public IReadOnlyList<string> GetBlockingBuddies(string key) =>
        [.. GetNames(NameList.Buddies, key).Select(buddy => buddy.Key).Where(buddy => GetNames(NameList.Blocks, buddy).Any(blocked => blocked.Key == key))];

    public Party? FindPartyOf(string key) => _partyOf.TryGetValue(key, out long id) ? _parties[id] : null;

    public Party? GetParty(long id) => _parties.GetValueOrDefault(id);

    public long AddParty(KeptName leader)
    {
        long id = Number();
        _parties.Add(id, new Party(id, leader.Key, [leader]));
        _partyOf.Add(leader.Key, id);
        return id;
    }

    public void SetLeader(long id, string key) => _parties[id] = _parties[id] with { LeaderKey = key };

    public void RemoveParty(long id)
    {
        _parties.Remove(id);
        foreach (string guest in _invitations.Where(pair => pair.Value.PartyId == id).Select(pair => pair.Key).ToArray())
        {
            _invitations.Remove(guest);
        }
    }

    public void AddMember(long id, KeptName member)
    {
        _parties[id] = _parties[id] with { Members = [.. _parties[id].Members, member] };
        _partyOf.Add(member.Key, id);
    }

    public void RemoveMember(string key)
    {
        if (_partyOf.Remove(key, out long id))
        {
            _parties[id] = _parties[id] with { Members = [.. _parties[id].Members.Where(member => member.Key != key)] };
        }
    }

    public Invitation? GetInvitation(string guest) => _invitations.TryGetValue(guest, out Invitation invitation) ? invitation : null;

    public void PutInvitation(string guest, Invitation invitation) => _invitations[guest] = invitation;

    public void RemoveInvitation(string guest) => _invitations.Remove(guest);

    // One number for all that a transaction changes.
    private long Number()
    {
        if (!_isNumbered)
        {
            _isNumbered = true;
            _cursor++;
        }

        return _cursor;
    }

    private sealed class ByNumber : IComparer<(long Number, string Key)>
    {
        public static readonly ByNumber Instance = new();

        public int Compare((long Number, string Key) x, (long Number, string Key) y)
        {
            int byNumber = x.Number.CompareTo(y.Number);
            return byNumber != 0 ? byNumber : string.CompareOrdinal(x.Key, y.Key);
        }
    }
}
