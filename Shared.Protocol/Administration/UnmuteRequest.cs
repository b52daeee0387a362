namespace Shared.Protocol.Administration;

/// <summary>Lets a muted character speak again.</summary>
/// <param name="Name">The character's name.</param>
public sealed record UnmuteRequest(string Name);
