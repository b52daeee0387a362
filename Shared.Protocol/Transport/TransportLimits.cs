namespace Shared.Protocol.Transport;

/// <summary>What a transport can hold, read from the mechanism at start.</summary>
/// <param name="MaxFrameBytes">The largest frame, in bytes.</param>
/// <param name="RequestCapacityBytes">How many bytes the mailboxes read by channelDs hold together before <see cref="SendStatus.Full"/>.</param>
/// <param name="ResultCapacityBytes">The same for the mailboxes read by chatDs.</param>
/// <param name="IsShared">Whether both directions share one capacity (a single queue).</param>
public sealed record TransportLimits(int MaxFrameBytes, long RequestCapacityBytes, long ResultCapacityBytes, bool IsShared);
