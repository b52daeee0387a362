namespace WholePath.Players;

/// <summary>The round trips of a player.</summary>
/// <param name="Measured">What was measured.</param>
/// <param name="AnswerBytes">The bytes of the last answer's frame.</param>
/// <param name="Code">Its code.</param>
internal sealed record PlayedRoundTrips(RoundTrips Measured, int AnswerBytes, string Code);
