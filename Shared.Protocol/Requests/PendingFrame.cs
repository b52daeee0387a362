using Shared.Protocol.Transport;

namespace Shared.Protocol.Requests;

/// <summary>A frame that waits for room in a mailbox.</summary>
/// <param name="To">The mailbox.</param>
/// <param name="Array">An array that begins with the frame; owned by whoever holds it, <see cref="PendingFrames"/> or <see cref="FairFrames"/>.</param>
/// <param name="LengthBytes">The frame's length.</param>
/// <param name="Id">The owner's mark: the request's id, or how many results it has.</param>
/// <param name="DeadlineNs">When it is of no more use, in nanoseconds of the monotonic clock; 0 for never.</param>
internal readonly record struct PendingFrame(Mailbox To, byte[] Array, int LengthBytes, ulong Id, long DeadlineNs)
{
    /// <summary>The frame's bytes.</summary>
    public ReadOnlySpan<byte> Bytes => Array.AsSpan(0, LengthBytes);
}
