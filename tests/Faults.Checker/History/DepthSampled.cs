namespace Faults.Checker.History;

/// <summary>What waits somewhere: in a queue, a table, a buffer.</summary>
/// <param name="AtNs">When it was looked at.</param>
/// <param name="Where">Where.</param>
/// <param name="Count">How many wait.</param>
/// <param name="Bytes">How many bytes they have; 0 where that is not known.</param>
/// <param name="IsAtRest">Whether the load has ended long enough ago that nothing may wait.</param>
public sealed record DepthSampled(long AtNs, string Where, long Count, long Bytes, bool IsAtRest) : HistoryRecord(AtNs);
