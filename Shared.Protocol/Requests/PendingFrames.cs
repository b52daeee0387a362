using System.Buffers;
using Shared.Protocol.Transport;

namespace Shared.Protocol.Requests;

/// <summary>
/// Frames that wait for room, first come first served. It owns copies in pooled arrays; its owner bounds it.
/// Not safe for several threads: its owner's lock guards it.
/// </summary>
internal sealed class PendingFrames
{
    private readonly Queue<PendingFrame> _frames = new();

    /// <summary>How many frames wait.</summary>
    public int Count => _frames.Count;

    /// <summary>How many bytes wait.</summary>
    public long Bytes { get; private set; }

    /// <summary>How many results the frames have in all: the sum of their marks.</summary>
    public long ResultCount => _frames.Sum(static frame => (long)frame.Id);

    /// <summary>Takes a copy of a frame.</summary>
    public void Add(Mailbox to, ReadOnlySpan<byte> frame, ulong id, long deadlineNs)
    {
        byte[] array = ArrayPool<byte>.Shared.Rent(frame.Length);
        frame.CopyTo(array);
        _frames.Enqueue(new PendingFrame(to, array, frame.Length, id, deadlineNs));
        Bytes += frame.Length;
    }

    /// <summary>Looks at the first frame; it stays where it is.</summary>
    public bool TryPeek(out PendingFrame frame) => _frames.TryPeek(out frame);

    /// <summary>Removes the first frame, which <see cref="TryPeek"/> has shown, and gives its array back.</summary>
    public void RemoveFirst()
    {
        PendingFrame frame = _frames.Dequeue();
        Bytes -= frame.LengthBytes;
        ArrayPool<byte>.Shared.Return(frame.Array);
    }

    /// <summary>Removes all.</summary>
    public void Clear()
    {
        while (_frames.Count > 0)
        {
            RemoveFirst();
        }
    }
}
