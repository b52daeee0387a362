namespace ChatClient.Input;

/// <summary>A line to send, or why it cannot be sent.</summary>
/// <param name="Text">The line without its end; with a fault, as much of it as can be shown.</param>
/// <param name="Fault">Why it cannot be sent, as a code; null when it can.</param>
/// <param name="FaultText">The same for a person.</param>
public readonly record struct InputLine(string Text, string? Fault = null, string? FaultText = null);
