namespace ChatD.Connections;

/// <summary>What became of a line that came in: taken, or why it was not.</summary>
/// <param name="Line">The line, on its way from now on; null where it was not taken.</param>
/// <param name="Fault">Why it was not taken; none where it was.</param>
internal readonly record struct LineEntry(PendingLine? Line, EndReason Fault);
