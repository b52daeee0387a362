namespace Shared.Protocol.Wire.MessagePack;

/// <summary>How an attempt to read a value ended. After anything but <see cref="Done"/> the reader is of no further use.</summary>
internal enum MessagePackStatus
{
    /// <summary>It was read.</summary>
    Done = 0,

    /// <summary>The bytes end before what they announce.</summary>
    Truncated,

    /// <summary>There is something, but not what was expected.</summary>
    Mismatch,

    /// <summary>The value is nested deeper than <see cref="MessagePackReader.MaxDepth"/>.</summary>
    TooDeep,
}
