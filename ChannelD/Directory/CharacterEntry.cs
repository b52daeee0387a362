using Shared.Protocol.Names;

namespace ChannelD.Directory;

/// <summary>A character as the directory holds it. Read and written only under the directory's lock.</summary>
internal sealed class CharacterEntry(CharacterName name, SessionId session, int channel, MapName map)
{
    public CharacterName Name { get; } = name;

    public SessionId Session { get; } = session;

    public int Channel { get; } = channel;

    public MapName Map { get; set; } = map;

    public bool IsInCashShop { get; set; }

    /// <summary>The time provider's timestamp at which the map is loaded; <see cref="long.MinValue"/> if none is being loaded.</summary>
    public long LoadedAt { get; set; } = long.MinValue;

    /// <summary>The state at a moment. No timer ends a transfer: whoever asks after its end sees that it has ended.</summary>
    public CharacterState StateAt(long timestamp) =>
        IsInCashShop ? CharacterState.CashShop
        : timestamp < LoadedAt ? CharacterState.InTransfer
        : CharacterState.InMap;

    public Character SnapshotAt(long timestamp) => new(Name, Session, Channel, Map, StateAt(timestamp));
}
