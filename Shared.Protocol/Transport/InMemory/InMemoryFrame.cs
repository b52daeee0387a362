namespace Shared.Protocol.Transport.InMemory;

/// <summary>A frame in a mailbox. The array is of the shared pool: the mailbox owns it, then whoever took the frame out.</summary>
/// <param name="Array">At least as long as the frame.</param>
/// <param name="LengthBytes">The frame's bytes, from the start of the array.</param>
internal readonly record struct InMemoryFrame(byte[] Array, int LengthBytes);
