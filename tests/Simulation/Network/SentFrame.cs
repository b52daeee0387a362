using Shared.Protocol.Transport;

namespace Simulation.Network;

/// <summary>A frame that was sent once, for the nemesis to make others of.</summary>
/// <param name="AtNs">When.</param>
/// <param name="To">Where to.</param>
/// <param name="Bytes">The frame.</param>
internal readonly record struct SentFrame(long AtNs, Mailbox To, byte[] Bytes);
