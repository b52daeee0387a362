namespace Shared.Operations.Administration;

/// <summary>Who asks, as the kernel tells (SO_PEERCRED).</summary>
/// <param name="UserId">His effective user.</param>
/// <param name="GroupId">His effective group.</param>
/// <param name="ProcessId">His process, for the log; never an identity: numbers are used again. 0 where it cannot be seen from here.</param>
/// <param name="Groups">His further groups, as far as the kernel tells.</param>
public sealed record AdminCaller(uint UserId, uint GroupId, int ProcessId, IReadOnlyList<uint> Groups);
