namespace Shared.Protocol.Administration;

/// <summary>Keeps a character from speaking for a while, whether it is in the game or not.</summary>
/// <param name="Name">The character's name.</param>
/// <param name="Minutes">For how long, in minutes.</param>
/// <param name="Reason">Why, for the player to read.</param>
public sealed record MuteRequest(string Name, int Minutes, string Reason);
