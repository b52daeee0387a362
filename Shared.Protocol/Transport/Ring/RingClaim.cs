namespace Shared.Protocol.Transport.Ring;

/// <summary>Room that a producer has claimed and not handed over yet.</summary>
/// <param name="Units">Where its record is.</param>
/// <param name="Word">What its word is, as long as the claim stands.</param>
internal readonly record struct RingClaim(ulong Units, ulong Word);
