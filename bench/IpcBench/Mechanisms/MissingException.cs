namespace IpcBench.Mechanisms;

/// <summary>A mechanism cannot be measured here; the message says why, and what would help.</summary>
internal sealed class MissingException(string message) : Exception(message);
