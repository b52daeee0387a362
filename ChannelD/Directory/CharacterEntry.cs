using Shared.Protocol.Names;

namespace ChannelD.Directory;

/// <summary>A character as the directory holds it. Read and written only under the directory's lock.</summary>
internal sealed class CharacterEntry(CharacterName name, SessionId session, int channel, MapName map, int tier)
{
    public CharacterName Name { get; } = name;

    public SessionId Session { get; } = session;

    public int Channel { get; set; } = channel;

    public MapName Map { get; set; } = map;

    public int Tier { get; } = tier;

    public bool IsHidden { get; set; }

    /// <summary>The name key of whom it watches; null for nobody.</summary>
    public string? TracedKey { get; set; }

    public bool IsInCashShop { get; set; }

    /// <summary>When the session entered, or last said that it is here and nowhere else, in nanoseconds of the monotonic clock.</summary>
    public long EnteredAtNs { get; set; }

    /// <summary>When the map is loaded, or a change of channel given up, in the same time; 0 for neither.</summary>
    public long TransferUntilNs { get; set; }

    /// <summary>The channel that it is on the way to; 0 for none.</summary>
    public int TransferTo { get; set; }

    /// <summary>Its number among the slots.</summary>
    public int Slot { get; set; }

    /// <summary>The state at a moment. No timer ends a transfer: whoever asks after its end sees that it has ended.</summary>
    public CharacterState StateAt(long nowNs) =>
        IsInCashShop ? CharacterState.CashShop
        : nowNs < TransferUntilNs ? CharacterState.InTransfer
        : CharacterState.InMap;

    /// <summary>Whether it is on the way to another channel.</summary>
    public bool IsLeavingAt(long nowNs) => TransferTo != 0 && nowNs < TransferUntilNs;

    /// <summary>Stays where it is.</summary>
    public void EndTransfer() => (TransferTo, TransferUntilNs) = (0, 0);

    public Character SnapshotAt(long nowNs)
    {
        CharacterState state = StateAt(nowNs);
        bool isInTransfer = state == CharacterState.InTransfer;
        return new Character(
            Name, Session, Channel, Map, state, Tier, IsHidden, TracedKey, EnteredAtNs, isInTransfer ? TransferUntilNs : 0, isInTransfer && TransferTo != 0);
    }
}
