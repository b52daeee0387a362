namespace Shared.Protocol.Transport.Ring;

/// <summary>What came of an attempt to open a mailbox's ring.</summary>
/// <param name="Ring">The ring; null where there is none to be had.</param>
/// <param name="Fault">Why not.</param>
/// <param name="Reason">The same for an operator, with what to do.</param>
internal readonly record struct RingOpening(Ring? Ring, RingFault Fault, string Reason)
{
    internal static RingOpening Of(Ring ring) => new(ring, RingFault.None, string.Empty);
}
