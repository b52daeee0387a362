namespace Gsctl.Reports;

/// <summary>What <c>gsctl mute --json</c> and <c>gsctl unmute --json</c> print.</summary>
/// <param name="Daemon">The channelD that did it, e.g. <c>channelD 1</c>.</param>
/// <param name="Name">The character's name.</param>
/// <param name="HasChanged">Whether anything has changed.</param>
/// <param name="MutedUntil">Until when it may not speak; null where it may.</param>
internal sealed record MuteReport(string Daemon, string Name, bool HasChanged, DateTimeOffset? MutedUntil);
