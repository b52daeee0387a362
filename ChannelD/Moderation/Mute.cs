namespace ChannelD.Moderation;

/// <summary>A character may not speak for a while.</summary>
/// <param name="UntilUtc">When it may again.</param>
/// <param name="Reason">Why, for the player to read.</param>
/// <param name="IssuedBy">Who has muted it, for operators: a game master's character, or <c>operator NAME (uid N)</c>; null where an older channelD did.</param>
/// <param name="IssuedUtc">When; null where an older channelD did.</param>
public readonly record struct Mute(DateTimeOffset UntilUtc, string Reason, string? IssuedBy = null, DateTimeOffset? IssuedUtc = null);
