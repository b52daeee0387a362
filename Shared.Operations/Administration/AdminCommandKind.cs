namespace Shared.Operations.Administration;

/// <summary>What a command does to the daemon, and so by which method it is asked for, and whether it is logged.</summary>
public enum AdminCommandKind
{
    /// <summary>Reads only: GET, not logged.</summary>
    Read = 1,

    /// <summary>Changes something: POST, logged with the caller.</summary>
    Change,

    /// <summary>Shows what players do, line by line until it is ended: POST, logged with the caller at its beginning and its end.</summary>
    Watch,
}
