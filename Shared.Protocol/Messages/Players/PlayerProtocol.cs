namespace Shared.Protocol.Messages.Players;

/// <summary>
/// What a client and chatD agree on: each frame is a length of four bytes, big-endian, then a message of that many bytes.
/// </summary>
public static class PlayerProtocol
{
    /// <summary>The version that this code speaks.</summary>
    public const int Version = 1;

    /// <summary>The bytes of a frame's length.</summary>
    public const int LengthBytes = 4;
}
