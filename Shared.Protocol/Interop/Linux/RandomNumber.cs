using System.Runtime.InteropServices;

namespace Shared.Protocol.Interop.Linux;

/// <summary>
/// Numbers that nobody can guess, straight from the kernel. <c>RandomNumberGenerator</c> goes by way of OpenSSL, whose loading takes a daemon that needs nothing else of it
/// several MB and milliseconds of its start.
/// </summary>
internal static class RandomNumber
{
    /// <summary>Draws one; each of the 2⁶⁴ is as likely as the others.</summary>
    public static ulong Draw()
    {
        // On Linux a new one is the kernel's, but for the six bits that say its kind, in its eighth and ninth bytes. The first four bytes of two make one.
        Span<Guid> drawn = [Guid.NewGuid(), Guid.NewGuid()];
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(drawn);
        return MemoryMarshal.Read<uint>(bytes) | ((ulong)MemoryMarshal.Read<uint>(bytes[16..]) << 32);
    }
}
