using ChannelD.Directory;

namespace ChannelD.State;

/// <summary>The record of a name that is in the game here, or on its way in. Guarded by the lock of <see cref="OnlineRecords"/>.</summary>
internal sealed class RecordEntry(string key)
{
    public string Key { get; } = key;

    /// <summary>The record; null while it is being loaded. Replaced, never changed.</summary>
    public CharacterRecord? Record { get; set; }

    /// <summary>How many log-ins on their way and sessions hold it.</summary>
    public int Holders { get; set; }

    /// <summary>The session that plays the character; null before it has entered.</summary>
    public SessionId? Session { get; set; }

    /// <summary>The keys of those friends that the player believes to be in the game.</summary>
    public HashSet<string>? ShownFriends { get; set; }
}
