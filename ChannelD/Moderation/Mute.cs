namespace ChannelD.Moderation;

/// <summary>A character may not speak for a while.</summary>
/// <param name="UntilUtc">When it may again.</param>
/// <param name="Reason">Why, for the player to read.</param>
public readonly record struct Mute(DateTimeOffset UntilUtc, string Reason);
