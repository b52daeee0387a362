namespace Gsctl.Reports;

/// <summary>What <c>gsctl kick --json</c> prints.</summary>
/// <param name="Daemon">The chatD that had the player, e.g. <c>chatD 0</c>.</param>
/// <param name="Name">The character's name.</param>
/// <param name="SessionId">The number of the session.</param>
/// <param name="Channel">The channel it was in.</param>
internal sealed record KickReport(string Daemon, string Name, int SessionId, int Channel);
