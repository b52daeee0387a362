namespace Shared.Protocol.Administration;

/// <summary>What waits in a queue.</summary>
/// <param name="Messages">How many messages.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="CapacityBytes">How many bytes it holds.</param>
public sealed record QueueStatus(long Messages, long Bytes, long CapacityBytes);
