namespace Simulation;

/// <summary>What came of a world.</summary>
/// <param name="Violations">What must never happen, and did.</param>
/// <param name="Hash">The same for the same history.</param>
/// <param name="Counts">How often things happened.</param>
/// <param name="Trace">The history in words, where it was wanted.</param>
internal sealed record SimResult(IReadOnlyList<string> Violations, ulong Hash, SimCounts Counts, string Trace);
