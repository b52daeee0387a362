namespace Shared.Protocol.Messages.Players;

/// <summary>Why the bytes on a player's connection cannot be cut into frames. After a fault nothing that follows can be trusted: close.</summary>
public enum PlayerFrameFault
{
    /// <summary>There is none.</summary>
    None = 0,

    /// <summary>A frame of zero bytes is announced; no message is that short.</summary>
    Empty,

    /// <summary>A frame longer than the reader's limit is announced.</summary>
    TooLong,
}
