using ChannelD.Directory;
using Shared.Protocol.Names;

namespace ChannelD.Presence;

/// <summary>Whose state one channelD is still to be told, in the order of the first change. Bounded. For one thread at a time.</summary>
internal sealed class DirtyNames
{
    /// <summary>More than this, and telling everything anew is cheaper than remembering: some 30 MB.</summary>
    private const int MaxNames = 262_144;

    private readonly Queue<CharacterName> _order = new();
    private readonly Dictionary<string, CharacterState> _lastStates = new(StringComparer.Ordinal);

    public bool IsEmpty => _order.Count == 0;

    /// <summary>Adds a name, or notes the state in which it was seen last: that is told if it has gone.</summary>
    /// <returns>False when there are too many.</returns>
    public bool TryAdd(CharacterName name, CharacterState lastState)
    {
        if (!_lastStates.ContainsKey(name.Key))
        {
            if (_order.Count >= MaxNames)
            {
                return false;
            }

            _order.Enqueue(name);
        }

        _lastStates[name.Key] = lastState;
        return true;
    }

    public bool TryTake(out CharacterName name, out CharacterState lastState)
    {
        lastState = default;
        return _order.TryDequeue(out name) && _lastStates.Remove(name.Key, out lastState);
    }

    public void Clear()
    {
        _order.Clear();
        _lastStates.Clear();
    }
}
