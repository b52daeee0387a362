using IpcBench.Interop;

namespace IpcBench.Mechanisms.SharedMemory;

/// <summary>A ring of messages in shared memory, from one thread that writes to one that reads. Does not own the memory.</summary>
internal sealed unsafe class Ring(byte* start, RingWait wait)
{
    private readonly ulong* _head = (ulong*)(start + RingDescriptor.HeadOffset);
    private readonly ulong* _tail = (ulong*)(start + RingDescriptor.TailOffset);
    private readonly uint* _readerSleeps = (uint*)(start + RingDescriptor.ReaderSleepsOffset);
    private readonly uint* _writerSleeps = (uint*)(start + RingDescriptor.WriterSleepsOffset);
    private readonly byte* _data = start + RingDescriptor.DataOffset;

    /// <summary>Writes a message; false where it does not fit.</summary>
    internal bool TryWrite(ReadOnlySpan<byte> message)
    {
        ulong tail = *_tail;
        int record = RingDescriptor.RecordBytes(message.Length);
        if (tail - Volatile.Read(ref *_head) + (ulong)record > RingDescriptor.CapacityBytes)
        {
            return false;
        }

        *(ulong*)At(tail) = (ulong)message.Length;
        fixed (byte* source = message)
        {
            ulong from = tail + RingDescriptor.LengthBytes;
            int first = Math.Min(message.Length, ToEnd(from));
            Buffer.MemoryCopy(source, At(from), first, first);
            Buffer.MemoryCopy(source + first, _data, message.Length - first, message.Length - first);
        }

        Publish(_tail, tail + (ulong)record, _readerSleeps);
        return true;
    }

    /// <summary>Waits for room, and writes.</summary>
    internal void Write(ReadOnlySpan<byte> message)
    {
        var idle = new RingIdle(wait);
        while (true)
        {
            uint seen = Low(_head);
            if (TryWrite(message))
            {
                return;
            }

            idle.Wait(_head, seen, _writerSleeps);
        }
    }

    /// <summary>Waits for a message, and copies it; returns its length.</summary>
    internal int Read(Span<byte> buffer)
    {
        ulong head = *_head;
        var idle = new RingIdle(wait);
        while (Volatile.Read(ref *_tail) == head)
        {
            idle.Wait(_tail, (uint)head, _readerSleeps);
        }

        int length = (int)*(ulong*)At(head);
        ulong from = head + RingDescriptor.LengthBytes;
        int first = Math.Min(length, ToEnd(from));
        new ReadOnlySpan<byte>(At(from), first).CopyTo(buffer);
        new ReadOnlySpan<byte>(_data, length - first).CopyTo(buffer[first..]);
        Publish(_head, head + (ulong)RingDescriptor.RecordBytes(length), _writerSleeps);
        return length;
    }

    private static uint Low(ulong* position) => (uint)Volatile.Read(ref *position);

    // The low half of a position is the word that the other side sleeps on; little-endian.
    private void Publish(ulong* position, ulong value, uint* sleeps)
    {
        if (wait != RingWait.Futex)
        {
            Volatile.Write(ref *position, value);
            return;
        }

        // A full barrier between the two: or the other side sleeps just as it is not looked at any more.
        Interlocked.Exchange(ref *position, value);
        if (Volatile.Read(ref *sleeps) != 0)
        {
            // The mark is the sleeper's, who takes it back when he is up. Taken from here it could be that of his next sleep, and nobody would wake him from that.
            Futex.Wake((uint*)position);
        }
    }

    private byte* At(ulong position) => _data + (position & (RingDescriptor.CapacityBytes - 1));

    private static int ToEnd(ulong position) => RingDescriptor.CapacityBytes - (int)(position & (RingDescriptor.CapacityBytes - 1));
}
