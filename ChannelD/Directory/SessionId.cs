namespace ChannelD.Directory;

/// <summary>A player's session, as chatD knows it. Unique over all chatDs and all their runs.</summary>
/// <param name="ChatInstance">The number of the chatD, from 0.</param>
/// <param name="Generation">The generation of that chatD's process.</param>
/// <param name="UserId">The user id that it gave the session.</param>
public readonly record struct SessionId(int ChatInstance, ulong Generation, int UserId);
