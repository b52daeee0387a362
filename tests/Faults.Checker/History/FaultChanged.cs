namespace Faults.Checker.History;

/// <summary>A fault has begun, or is over. One of no duration is both at once, in two records.</summary>
/// <param name="AtNs">When.</param>
/// <param name="Fault">What it is called; several of one name may be open at once.</param>
/// <param name="IsOver">Whether it is over.</param>
public sealed record FaultChanged(long AtNs, string Fault, bool IsOver) : HistoryRecord(AtNs);
