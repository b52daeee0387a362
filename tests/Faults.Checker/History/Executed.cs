namespace Faults.Checker.History;

/// <summary>A channelD has run a request, as its own log says.</summary>
/// <param name="AtNs">When it began to.</param>
/// <param name="ChannelGeneration">The run of the channelD.</param>
/// <param name="ChatInstance">The chatD that asked.</param>
/// <param name="ChatGeneration">The run of that chatD; 0 where the log does not know it.</param>
/// <param name="RequestId">The id on the wire; 0 where the log does not know it.</param>
/// <param name="UserId">The session that asked; 0 where the log does not know it.</param>
/// <param name="Line">What was run; it is matched to its request by the <see cref="Secret"/> in it, and not matched without one.</param>
public sealed record Executed(
    long AtNs, ulong ChannelGeneration, int ChatInstance, ulong ChatGeneration, ulong RequestId, int UserId, string Line)
    : HistoryRecord(AtNs);
