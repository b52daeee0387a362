using System.Collections.Concurrent;
using Shared.Protocol.Messages;
using Shared.Protocol.Names;

namespace ChatD.Sessions;

/// <summary>All sessions of this chatD: one for each name. Safe on every thread.</summary>
/// <param name="firstId">The number of the first session, from 1.</param>
/// <param name="maxSessions">How many there may be at once.</param>
internal sealed class SessionRegistry(int firstId, int maxSessions = int.MaxValue)
{
    private readonly ConcurrentDictionary<string, PlayerSession> _byKey = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, PlayerSession> _byId = new();
    private int _lastId = firstId - 1;
    private int _count;

    /// <summary>How many there are.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>How many there are in each channel, by the channel's number. A look at all of them: for who looks now and then.</summary>
    public IReadOnlyDictionary<int, int> CountByChannel()
    {
        Dictionary<int, int> counts = [];
        foreach ((_, PlayerSession session) in _byKey)
        {
            counts[session.Channel] = counts.GetValueOrDefault(session.Channel) + 1;
        }

        return counts;
    }

    /// <summary>The sessions that the channel is to know.</summary>
    public IEnumerable<PlayerSession> InGame => _byKey.Select(pair => pair.Value).Where(session => session.IsInGame);

    /// <summary>Takes a place and a name, unless all places are taken, or somebody has the name.</summary>
    /// <returns>The session; null where there is none, with <paramref name="isFull"/> for the reason.</returns>
    public PlayerSession? TryAdd(
        CharacterName name, int channel, string map, Language language, Action<PlayerSession> onLost, out bool isFull, string? key = null)
    {
        isFull = false;
        if (_byKey.ContainsKey(name.Key))
        {
            // No number is used up, and no place: there are two thousand million, and refused log-ins cost nothing to send.
            return null;
        }

        // A place first, so that of those who come at once no more get in than there are places; and never one counted that is not taken, or
        // another would be refused a place that is free.
        int seen;
        do
        {
            seen = Volatile.Read(ref _count);
            if (seen >= maxSessions)
            {
                isFull = true;
                return null;
            }
        }
        while (Interlocked.CompareExchange(ref _count, seen + 1, seen) != seen);

        var session = new PlayerSession(Interlocked.Increment(ref _lastId), name, channel, map, language, onLost, key);
        if (_byKey.TryAdd(name.Key, session))
        {
            _byId[session.Id] = session;
            return session;
        }

        Interlocked.Decrement(ref _count);
        return null;
    }

    /// <summary>The session with a number; null where there is none.</summary>
    public PlayerSession? Find(int id) => _byId.GetValueOrDefault(id);

    /// <summary>Gives the name and the place free.</summary>
    public void Remove(PlayerSession session)
    {
        _byId.TryRemove(new KeyValuePair<int, PlayerSession>(session.Id, session));
        if (_byKey.TryRemove(new KeyValuePair<string, PlayerSession>(session.Name.Key, session)))
        {
            Interlocked.Decrement(ref _count);
        }
    }
}
