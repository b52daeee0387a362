namespace Faults.Checker.History;

/// <summary>Somebody was told how a request ended.</summary>
/// <param name="AtNs">When.</param>
/// <param name="Request">The request that the receiver takes this for.</param>
/// <param name="ChatGeneration">The run of the chatD that told it.</param>
/// <param name="UserId">The session that was told.</param>
/// <param name="Kind">How it ended.</param>
/// <param name="Code">Its code; null for none.</param>
/// <param name="Text">Everything of the answer that came from outside: its arguments, or its sentence; null for none.</param>
/// <param name="AwayNs">
/// For how long the session had no connection since it asked: nobody could be told then, so this is granted beyond the deadline.
/// </param>
public sealed record Ended(
    long AtNs, long Request, ulong ChatGeneration, int UserId, EndKind Kind, string? Code, string? Text, long AwayNs = 0)
    : HistoryRecord(AtNs);
