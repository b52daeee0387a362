namespace Shared.Protocol.Administration;

/// <summary>What came of a <see cref="MuteRequest"/> or an <see cref="UnmuteRequest"/>.</summary>
/// <param name="Name">The character's name.</param>
/// <param name="HasChanged">False where nobody of that name was muted who could be unmuted.</param>
/// <param name="MutedUntil">Until when it may not speak; null where it may.</param>
public sealed record MuteAnswer(string Name, bool HasChanged, DateTimeOffset? MutedUntil = null);
