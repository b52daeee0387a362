namespace Faults.Checker.History;

/// <summary>A player has asked for something, and the daemon that serves him has taken the request on.</summary>
/// <param name="AtNs">When.</param>
/// <param name="Request">The number of the request, unique in the history, from 1. A line carries it as its <see cref="Secret"/>.</param>
/// <param name="ChatInstance">The chatD that was asked.</param>
/// <param name="ChatGeneration">The run of that chatD.</param>
/// <param name="UserId">The session that asks.</param>
/// <param name="Line">What was asked.</param>
public sealed record Asked(long AtNs, long Request, int ChatInstance, ulong ChatGeneration, int UserId, string Line) : HistoryRecord(AtNs);
