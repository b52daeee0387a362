namespace Shared.Protocol.Transport.Ring;

/// <summary>
/// The bytes of a ring's file, for all who map it. Numbers are in the machine's byte order, each at a multiple of its size.
/// <code>
///  offset  bytes  what                                                                          who writes
///  ------  -----  ---------------------------------------------------------------------------   ------------------------
///       0      8  magic "GSRING\0\0"                                                            its maker
///       8      4  version (1)                                                                   its maker
///      12      4  bytes of this header (4096)                                                   its maker
///      16      8  N: bytes of records, a power of two                                           its maker
///      24      4  the longest frame, in bytes                                                   its maker
///      28      4  retired: 0 in use, 1 given up in order, 2 damaged                             anybody, never back
///      32      8  generation: a random number, not 0                                            its maker
///     128      8  tail:  position of the next claim, with the number of frames before it        producers
///     256      4  asleep: 1 while the consumer sleeps; the word of the futex                    consumer; producers to 0
///     264      8  heartbeat of the consumer, CLOCK_MONOTONIC in milliseconds                    consumer
///     384      8  head:  position up to which the space is free again                           consumer
///     512      8  read:  position up to which frames were taken, with their number              consumer
///     520      4  number of the participant that takes at this moment, 0 for nobody             consumer
///    4096      N  records
/// </code>
/// Magic, version and retired keep their places in every version: whoever knows another one can still tell that a ring is one, and was given up.
/// What different processes write lies 128 bytes apart: processors fetch lines of 64 bytes in pairs.
/// <para>
/// A record is a word (<see cref="RingWord"/>) and the frame behind it, filled up to a multiple of 8; where it reaches the end it goes on at the start of
/// the records. Everything free consists of free words, so a claim can be made at any multiple of 8.
/// </para>
/// <para>
/// A participant (who sends or reads) has a number from 1 and holds a write lock of its open file (<c>F_OFD_SETLK</c>) on the byte
/// <see cref="LockOffset"/> + number, beyond the end of the file. The kernel frees it when the last of its process is gone, whatever PID namespace it was in.
/// </para>
/// </summary>
internal static class RingDescriptor
{
    /// <summary>"GSRING\0\0" as it lies in memory.</summary>
    internal const ulong Magic = 0x0000_474E_4952_5347;
    internal const uint Version = 1;
    internal const int HeaderBytes = 4096;

    internal const int MagicOffset = 0;
    internal const int VersionOffset = 8;
    internal const int HeaderBytesOffset = 12;
    internal const int RingBytesOffset = 16;
    internal const int MaxFrameBytesOffset = 24;
    internal const int RetiredOffset = 28;
    internal const int GenerationOffset = 32;
    internal const int TailOffset = 128;
    internal const int AsleepOffset = 256;
    internal const int HeartbeatOffset = 264;
    internal const int HeadOffset = 384;
    internal const int ReadOffset = 512;
    internal const int ConsumerOffset = 520;

    internal const int InUse = 0;
    internal const int RetiredInOrder = 1;
    internal const int RetiredAsDamaged = 2;

    internal const int WordBytes = 8;
    internal const long LockOffset = 1L << 40;

    internal const int MinRingBytes = 64 * 1024;
    internal const int MaxRingBytes = 32 * 1024 * 1024;

    // A quarter of the smallest ring less its word; batches of frames gain little from more, and each reader has a buffer of it.
    private const int LargestFrameBytes = (64 * 1024) - WordBytes;

    /// <summary>The longest frame of a ring.</summary>
    internal static int MaxFrameBytesOf(long ringBytes) => (int)Math.Min(LargestFrameBytes, (ringBytes / 4) - WordBytes);

    /// <summary>How many words a frame takes, with its own.</summary>
    internal static int UnitsOf(int frameBytes) => 1 + ((frameBytes + WordBytes - 1) / WordBytes);
}
