namespace ChannelD.Directory;

/// <content>What game masters do: hide, and watch.</content>
public sealed partial class CharacterDirectory
{
    /// <summary>Hides the character of a session from those below its tier, or shows it again.</summary>
    /// <param name="session">The session.</param>
    /// <param name="isHidden">Whether it is hidden from now on.</param>
    /// <returns>Whether there is such a session.</returns>
    public bool Hide(SessionId session, bool isHidden)
    {
        Character character;
        bool hasChanged;
        lock (_gate)
        {
            if (!_sessions.TryGet(session, out CharacterEntry? entry))
            {
                return false;
            }

            hasChanged = entry.IsHidden != isHidden;
            entry.IsHidden = isHidden;
            _ = isHidden ? _hidden.Add(entry) : _hidden.Remove(entry);
            character = entry.SnapshotAt(_clock.NowNs);
        }

        Tell(character, isGone: false, hasChanged);
        return true;
    }

    /// <summary>The character of a session watches another from now on, or nobody.</summary>
    /// <param name="session">The session.</param>
    /// <param name="key">The name key of whom it watches; null for nobody.</param>
    /// <returns>Whether there is such a session.</returns>
    public bool Trace(SessionId session, string? key)
    {
        Character character;
        bool hasChanged;
        lock (_gate)
        {
            if (!_sessions.TryGet(session, out CharacterEntry? entry))
            {
                return false;
            }

            hasChanged = entry.TracedKey != key;
            entry.TracedKey = key;
            _ = key is null ? _watchers.Remove(entry) : _watchers.Add(entry);
            character = entry.SnapshotAt(_clock.NowNs);
        }

        Tell(character, isGone: false, hasChanged);
        return true;
    }

    /// <summary>Adds the own game masters who watch a character.</summary>
    public void CollectWatchers(string key, List<Character> watchers)
    {
        ArgumentNullException.ThrowIfNull(watchers);
        lock (_gate)
        {
            foreach (CharacterEntry watcher in _watchers)
            {
                if (watcher.TracedKey == key)
                {
                    watchers.Add(watcher.SnapshotAt(_clock.NowNs));
                }
            }
        }
    }
}
