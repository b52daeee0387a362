using System.Collections.Concurrent;
using Shared.Protocol.Messages;
using Shared.Protocol.Names;

namespace ChatD.Sessions;

/// <summary>All sessions of this chatD: one for each name. Safe on every thread.</summary>
/// <param name="firstId">The number of the first session, from 1.</param>
internal sealed class SessionRegistry(int firstId)
{
    private readonly ConcurrentDictionary<string, PlayerSession> _byKey = new(StringComparer.Ordinal);
    private int _lastId = firstId - 1;

    /// <summary>How many there are.</summary>
    public int Count => _byKey.Count;

    /// <summary>The sessions that the channel is to know.</summary>
    public IEnumerable<PlayerSession> InGame => _byKey.Select(pair => pair.Value).Where(session => session.IsInGame);

    /// <summary>Takes a name, unless somebody has it.</summary>
    public PlayerSession? TryAdd(CharacterName name, int channel, string map, Language language, Action<PlayerSession> onLost)
    {
        if (_byKey.ContainsKey(name.Key))
        {
            // No number is used up: there are two thousand million, and refused log-ins cost nothing to send.
            return null;
        }

        var session = new PlayerSession(Interlocked.Increment(ref _lastId), name, channel, map, language, onLost);
        return _byKey.TryAdd(name.Key, session) ? session : null;
    }

    /// <summary>Gives the name free.</summary>
    public void Remove(PlayerSession session) =>
        _byKey.TryRemove(new KeyValuePair<string, PlayerSession>(session.Name.Key, session));
}
