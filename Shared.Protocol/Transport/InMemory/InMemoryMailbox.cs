using System.Buffers;

namespace Shared.Protocol.Transport.InMemory;

/// <summary>The frames that wait for one reader, oldest first.</summary>
internal sealed class InMemoryMailbox(InMemoryCapacity capacity)
{
    private readonly Queue<InMemoryFrame> _frames = new();
    private readonly object _gate = new();
    private bool _isWoken;

    internal MailboxDepth Depth => capacity.Depth;

    /// <summary>Keeps a copy of the frame, or says that there is no room.</summary>
    internal bool TryPut(ReadOnlySpan<byte> frame)
    {
        lock (_gate)
        {
            if (!capacity.TryTake(frame.Length))
            {
                return false;
            }

            byte[] copy = ArrayPool<byte>.Shared.Rent(frame.Length);
            frame.CopyTo(copy);
            _frames.Enqueue(new InMemoryFrame(copy, frame.Length));
            Monitor.Pulse(_gate);
            return true;
        }
    }

    /// <summary>Takes the oldest frame, waiting for one at most <paramref name="timeoutMs"/>. The caller returns its array to the pool.</summary>
    internal bool TryTake(int timeoutMs, out InMemoryFrame frame)
    {
        lock (_gate)
        {
            if (_frames.Count == 0 && !_isWoken)
            {
                Monitor.Wait(_gate, timeoutMs);
            }

            _isWoken = false;

            if (!_frames.TryDequeue(out frame))
            {
                return false;
            }
        }

        capacity.Give(frame.LengthBytes);
        return true;
    }

    /// <summary>Wakes the reader, or keeps it from its next sleep, so that it looks whether it is to stop.</summary>
    internal void Wake()
    {
        lock (_gate)
        {
            _isWoken = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Drops what waits, and says how many frames that was.</summary>
    internal int Clear()
    {
        lock (_gate)
        {
            int count = _frames.Count;
            while (_frames.TryDequeue(out InMemoryFrame frame))
            {
                capacity.Give(frame.LengthBytes);
                ArrayPool<byte>.Shared.Return(frame.Array);
            }

            return count;
        }
    }
}
