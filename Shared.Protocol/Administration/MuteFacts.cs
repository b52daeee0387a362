namespace Shared.Protocol.Administration;

/// <summary>A mute that is not over, as it is kept.</summary>
/// <param name="Until">When the character may speak again.</param>
/// <param name="Reason">Why, as the player reads it.</param>
/// <param name="By">Who has muted it: a game master's character, or <c>operator NAME (uid N)</c>; null where an older channelD did.</param>
/// <param name="At">When; null where an older channelD did.</param>
public sealed record MuteFacts(DateTimeOffset Until, string Reason, string? By = null, DateTimeOffset? At = null);
