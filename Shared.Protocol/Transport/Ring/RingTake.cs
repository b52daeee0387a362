namespace Shared.Protocol.Transport.Ring;

/// <summary>What a look for the next frame found.</summary>
internal enum RingTake
{
    /// <summary>A frame.</summary>
    Frame = 1,

    /// <summary>Nothing.</summary>
    Empty,

    /// <summary>A claim that is not committed yet: nothing behind it is taken before it is, or is taken away from its producer.</summary>
    Pending,

    /// <summary>Another takes at this moment.</summary>
    Busy,

    /// <summary>The end of a ring that was given up.</summary>
    Closed,

    /// <summary>Bytes that cannot be right.</summary>
    Damaged,
}
