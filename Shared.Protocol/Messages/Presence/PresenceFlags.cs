namespace Shared.Protocol.Messages.Presence;

/// <summary>What a presence frame is beside its entries. The bits are part of the wire.</summary>
[Flags]
public enum PresenceFlags
{
    /// <summary>Changes since the frame before.</summary>
    None = 0,

    /// <summary>A snapshot begins: what is told from here to <see cref="Complete"/> is all there is.</summary>
    Reset = 1,

    /// <summary>The snapshot ends with this frame.</summary>
    Complete = 2,

    /// <summary>The sender stops: nothing of it is there any more.</summary>
    Farewell = 4,
}
