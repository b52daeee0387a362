namespace Faults.Checker.History;

/// <summary>How much of something a process holds: threads, descriptors, bytes.</summary>
/// <param name="AtNs">When it was looked at.</param>
/// <param name="What">What it is, with the process: <c>channelD fds</c>.</param>
/// <param name="Value">How much.</param>
public sealed record GrowthSampled(long AtNs, string What, double Value) : HistoryRecord(AtNs);
