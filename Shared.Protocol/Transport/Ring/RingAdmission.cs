using System.Numerics;
using Microsoft.Win32.SafeHandles;
using Shared.Protocol.Interop.Linux;

namespace Shared.Protocol.Transport.Ring;

/// <summary>Goes into a ring's open file as a participant: maps it, checks its header, takes a number.</summary>
internal static unsafe class RingAdmission
{
    /// <summary>A ring of an open file, which goes over to it; where there is none the file stays the caller's.</summary>
    internal static RingOpening Enter(string path, SafeFileHandle file, FileIdentity identity)
    {
        // The length the file has, not the one that its header tells: beyond its end a look into the memory ends the process (SIGBUS).
        long lengthBytes = RandomAccess.GetLength(file);
        long ringBytes = lengthBytes - RingDescriptor.HeaderBytes;
        if (ringBytes is < RingDescriptor.MinRingBytes or > RingDescriptor.MaxRingBytes || !BitOperations.IsPow2(ringBytes))
        {
            return Damaged(path, $"it has {lengthBytes} bytes");
        }

        Errno mapped = SysMman.TryMap(file, lengthBytes, out void* address);
        if (mapped != Errno.None)
        {
            return new RingOpening(null, RingFault.Failed, $"The ring '{path}' cannot be mapped: {ErrnoTable.Describe(mapped)}.");
        }

        var header = (byte*)address;
        uint version = *(uint*)(header + RingDescriptor.VersionOffset);
        int maxFrameBytes = *(int*)(header + RingDescriptor.MaxFrameBytesOffset);
        ulong generation = *(ulong*)(header + RingDescriptor.GenerationOffset);
        int retired = Volatile.Read(ref *(int*)(header + RingDescriptor.RetiredOffset));
        bool isRing = *(ulong*)(header + RingDescriptor.MagicOffset) == RingDescriptor.Magic;
        bool fits = *(int*)(header + RingDescriptor.HeaderBytesOffset) == RingDescriptor.HeaderBytes
            && *(long*)(header + RingDescriptor.RingBytesOffset) == ringBytes
            && maxFrameBytes == RingDescriptor.MaxFrameBytesOf(ringBytes)
            && generation != 0;
        RingOpening refused = !isRing ? Damaged(path, "it does not start as a ring does")
            : retired != RingDescriptor.InUse ? new RingOpening(null, RingFault.Retired, $"The ring '{path}' was given up, and its reader has not made another yet.")
            : version != RingDescriptor.Version ? new RingOpening(null, RingFault.Refused, $"The ring '{path}' is of version {version}, and this daemon knows {RingDescriptor.Version}. Stop all daemons of this key, and remove it with `rm {path}`.")
            : !fits ? Damaged(path, "its header contradicts itself")
            : default;
        int number = refused.Fault == RingFault.None ? TakeNumber(file) : 0;
        if (number == 0)
        {
            SysMman.Unmap(address, lengthBytes);
            return refused.Fault != RingFault.None ? refused
                : new RingOpening(null, RingFault.Failed, $"The ring '{path}' has {RingWord.MaxProducer} participants already, or the kernel gives no locks (`ulimit -x`).");
        }

        var ring = new Ring(new RingMapping(file, address, lengthBytes), identity, ringBytes, maxFrameBytes, generation, number);
        ring.SettleOwnNumber();
        return RingOpening.Of(ring);
    }

    /// <summary>The first number that nobody has, from a place that differs from process to process; 0 where there is none.</summary>
    private static int TakeNumber(SafeFileHandle file)
    {
        int first = Random.Shared.Next(RingWord.MaxProducer);
        for (int step = 0; step < RingWord.MaxProducer; step++)
        {
            int number = 1 + ((first + step) % RingWord.MaxProducer);
            Errno locked = SysFile.TryLockByte(file, RingDescriptor.LockOffset + number);
            if (locked != Errno.EAGAIN)
            {
                return locked == Errno.None ? number : 0;
            }
        }

        return 0;
    }

    private static RingOpening Damaged(string path, string why) => new(null, RingFault.Damaged, $"The ring '{path}' is damaged: {why}.");
}
