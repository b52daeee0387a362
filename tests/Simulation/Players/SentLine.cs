namespace Simulation.Players;

/// <summary>A line that a client has sent, or has to send, and that has no answer yet.</summary>
/// <param name="LineId">The client's number of it.</param>
/// <param name="Request">Its number in the history.</param>
/// <param name="Text">The line.</param>
/// <param name="ChatGeneration">The run of chatD that it was sent to.</param>
/// <param name="SessionId">The session that it was sent in.</param>
internal readonly record struct SentLine(ulong LineId, long Request, string Text, ulong ChatGeneration, int SessionId);
