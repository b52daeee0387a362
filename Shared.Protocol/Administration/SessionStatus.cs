namespace Shared.Protocol.Administration;

/// <summary>A player of a chatD.</summary>
/// <param name="Id">The number of the session.</param>
/// <param name="Name">The character's name.</param>
/// <param name="Channel">The channel it is in, or enters.</param>
/// <param name="Map">The map that it was in when it was last told of.</param>
/// <param name="State"><c>logging_in</c>, <c>attached</c>, <c>detached</c> (no connection, and may come back) or <c>ended</c>.</param>
/// <param name="Since">When it logged in.</param>
/// <param name="UnansweredLines">Lines that have not been answered.</param>
/// <param name="Remote">Where its connection comes from; null while it has none.</param>
/// <param name="DetachedMs">How long it has had no connection, in milliseconds; null while it has one.</param>
public sealed record SessionStatus(
    int Id, string Name, int Channel, string Map, string State, DateTimeOffset Since, int UnansweredLines, string? Remote = null, long? DetachedMs = null);
