using System.Diagnostics;

namespace ChatClient.Conversation;

/// <summary>A line whose answer is due.</summary>
/// <param name="LineId">Its number; 0 when it was never sent.</param>
/// <param name="Text">The line.</param>
/// <param name="SentAt">When it was sent, or what else it is timed from, as a <see cref="Stopwatch"/> time stamp.</param>
/// <param name="Fault">Why this client refused to send it, as a code; null when it was sent.</param>
/// <param name="FaultText">The same for a person.</param>
public readonly record struct OutstandingLine(ulong LineId, string Text, long SentAt, string? Fault, string? FaultText);
