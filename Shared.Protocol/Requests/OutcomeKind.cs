namespace Shared.Protocol.Requests;

/// <summary>How a request ended. Exactly one, always. The numbers are part of the player protocol.</summary>
public enum OutcomeKind
{
    /// <summary>Done; the result is there.</summary>
    Ok = 1,

    /// <summary>Run, and refused with a code.</summary>
    Error = 2,

    /// <summary>Refused before it was sent or run: surely not executed.</summary>
    Busy = 3,

    /// <summary>The deadline passed or the peer was lost after it was sent: it may have been executed.</summary>
    Unknown = 4,
}
