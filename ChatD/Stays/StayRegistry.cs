using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Shared.Protocol.Names;

namespace ChatD.Stays;

/// <summary>All stays, by the name of their characters. Safe on every thread.</summary>
internal sealed class StayRegistry
{
    private readonly ConcurrentDictionary<string, PlayerStay> _byKey = new(StringComparer.Ordinal);

    /// <summary>All of them at this moment.</summary>
    public IReadOnlyList<PlayerStay> All => [.. _byKey.Values];

    /// <summary>How many have lost their connection.</summary>
    public int DetachedCount => _byKey.Values.Count(stay => stay.State == StayState.Detached);

    /// <summary>Makes a stay findable. Its session has its name, so there is no other of that name.</summary>
    public void Add(PlayerStay stay) => _byKey[stay.Session.Name.Key] = stay;

    /// <summary>Looks for the stay of a character.</summary>
    public bool TryFind(CharacterName name, [NotNullWhen(true)] out PlayerStay? stay) => _byKey.TryGetValue(name.Key, out stay);

    /// <summary>Forgets a stay.</summary>
    public void Remove(PlayerStay stay) => _byKey.TryRemove(new KeyValuePair<string, PlayerStay>(stay.Session.Name.Key, stay));
}
