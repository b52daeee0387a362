namespace Faults.Checker.History;

/// <summary>How a request ended, as its asker saw it.</summary>
public enum EndKind
{
    /// <summary>Done.</summary>
    Ok = 1,

    /// <summary>Run, and refused.</summary>
    Error = 2,

    /// <summary>Surely not run.</summary>
    Busy = 3,

    /// <summary>It may have been run.</summary>
    Unknown = 4,

    /// <summary>The asker gave up or has gone: nothing is owed to it any more.</summary>
    Cancelled = 5,
}
