namespace Faults.Checker.History;

/// <summary>What became of a process.</summary>
public enum ProcessChange
{
    /// <summary>It runs.</summary>
    Started = 1,

    /// <summary>It was killed: from here on it does nothing, and owes nothing.</summary>
    Killed = 2,

    /// <summary>It stopped by itself, having ended what it had begun.</summary>
    Stopped = 3,

    /// <summary>It does not run for now (SIGSTOP).</summary>
    Paused = 4,

    /// <summary>It runs again.</summary>
    Resumed = 5,
}
