namespace Shared.Protocol.Wire;

/// <summary>How the answering side ended a request. The numbers are part of the wire.</summary>
public enum ResultStatus
{
    /// <summary>Done; a body follows.</summary>
    Ok = 1,

    /// <summary>Run and refused; a code says why.</summary>
    Error = 2,

    /// <summary>Surely not run; a code says why.</summary>
    Busy = 3,
}
