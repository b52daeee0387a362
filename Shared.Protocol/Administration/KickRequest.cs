namespace Shared.Protocol.Administration;

/// <summary>Ends a player's session.</summary>
/// <param name="Name">The character's name.</param>
/// <param name="Reason">Why, for the player to read; null for no reason.</param>
public sealed record KickRequest(string Name, string? Reason = null);
