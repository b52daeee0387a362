namespace Shared.Protocol.Administration;

/// <summary>A session is being ended.</summary>
/// <param name="Name">The character's name, as its owner spells it.</param>
/// <param name="SessionId">The number of the session.</param>
/// <param name="Channel">The channel it was in.</param>
public sealed record KickAnswer(string Name, int SessionId, int Channel);
