namespace Shared.Protocol.Administration;

/// <summary>The players of a chatD.</summary>
/// <param name="Instance">The number of the chatD.</param>
/// <param name="Total">How many there are.</param>
/// <param name="Sessions">As many of them as were asked for, the oldest first.</param>
public sealed record SessionsAnswer(int Instance, int Total, IReadOnlyList<SessionStatus> Sessions);
