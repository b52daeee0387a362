using Faults.Checker.History;

namespace Faults.Checker;

/// <summary>What came of checking a history.</summary>
public sealed record CheckerReport
{
    /// <summary>How many requests were asked.</summary>
    public required long Asked { get; init; }

    /// <summary>How many executions were matched to a request or could have been.</summary>
    public required long Executed { get; init; }

    /// <summary>How many requests ended in each way.</summary>
    public required IReadOnlyDictionary<EndKind, long> Ended { get; init; }

    /// <summary>How many were open when their chatD was killed, and owed nothing any more.</summary>
    public required long Excused { get; init; }

    /// <summary>How long each recovery took, in nanoseconds, in order.</summary>
    public required IReadOnlyList<long> RecoveriesNs { get; init; }

    /// <summary>How many violations there were.</summary>
    public required long ViolationCount { get; init; }

    /// <summary>The first of them.</summary>
    public required IReadOnlyList<Violation> Violations { get; init; }
}
