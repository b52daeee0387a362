namespace Faults.Checker.History;

/// <summary>Everything was seen to work: every daemon runs, and a request of every chatD ended Ok or every link is ready.</summary>
/// <param name="AtNs">When.</param>
public sealed record Recovered(long AtNs) : HistoryRecord(AtNs);
