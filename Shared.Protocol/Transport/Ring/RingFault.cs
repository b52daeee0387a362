namespace Shared.Protocol.Transport.Ring;

/// <summary>Why a ring cannot be opened.</summary>
internal enum RingFault
{
    /// <summary>It can.</summary>
    None = 0,

    /// <summary>There is no such file.</summary>
    Missing,

    /// <summary>It is another's, or no plain file.</summary>
    Refused,

    /// <summary>There is no memory for it.</summary>
    NoRoom,

    /// <summary>It was given up, and its reader has not made another yet.</summary>
    Retired,

    /// <summary>What it contains is no ring.</summary>
    Damaged,

    /// <summary>The kernel refuses it for another reason.</summary>
    Failed,
}
