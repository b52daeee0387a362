namespace Shared.Protocol.Administration;

/// <summary>What a channelD was asked and has not answered.</summary>
/// <param name="Unanswered">Requests whose handlers run or wait, or whose results wait for room.</param>
public sealed record AnsweringStatus(int Unanswered);
