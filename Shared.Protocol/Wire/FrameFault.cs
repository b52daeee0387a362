namespace Shared.Protocol.Wire;

/// <summary>Why a frame was not understood. Each is counted apart.</summary>
public enum FrameFault
{
    /// <summary>It was understood.</summary>
    None = 0,

    /// <summary>It ends before what it announces, or is empty.</summary>
    Truncated,

    /// <summary>It is not what the format allows.</summary>
    Malformed,

    /// <summary>Its envelope has a version that this code does not read.</summary>
    UnknownVersion,
}
