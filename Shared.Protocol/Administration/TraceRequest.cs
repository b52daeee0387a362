namespace Shared.Protocol.Administration;

/// <summary>Asks for whatever a character says from now on, whether it is in the game or not.</summary>
/// <param name="Name">The character's name.</param>
public sealed record TraceRequest(string Name);
