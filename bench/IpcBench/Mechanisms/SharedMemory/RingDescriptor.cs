namespace IpcBench.Mechanisms.SharedMemory;

/// <summary>
/// Where things are in a ring, in bytes; <c>bench/c/ipc/ring.c</c> has the same. Positions only grow; each word has a cache line of its own.
/// <code>
///     0  u64  head: what was read          64  u64  tail: what was written
///   128  u32  the reader sleeps           192  u32  the writer sleeps
///   256       data: each record a u64 length and the message, rounded up to 8 bytes
/// </code>
/// </summary>
internal static class RingDescriptor
{
    internal const int HeadOffset = 0;
    internal const int TailOffset = 64;
    internal const int ReaderSleepsOffset = 128;
    internal const int WriterSleepsOffset = 192;
    internal const int DataOffset = 256;
    internal const int CapacityBytes = 1 << 20;
    internal const int RingBytes = DataOffset + CapacityBytes;
    internal const int LengthBytes = sizeof(ulong);

    /// <summary>What a message takes.</summary>
    internal static int RecordBytes(int lengthBytes) => LengthBytes + ((lengthBytes + LengthBytes - 1) & -LengthBytes);
}
