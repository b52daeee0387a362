using System.Collections.Concurrent;
using Shared.Protocol.Transport;

namespace Transport.Conformance.Support;

/// <summary>Keeps a copy of every frame, in the order of arrival; does what a test gives it besides.</summary>
public sealed class RecordingReceiver : IFrameReceiver
{
    private readonly ConcurrentQueue<byte[]> _frames = new();
    private readonly Action<byte[]>? _onFrame;
    private int _resets;
    private int _callsAtOnce;

    public RecordingReceiver(Action<byte[]>? onFrame = null) => _onFrame = onFrame;

    public IReadOnlyList<byte[]> Frames => [.. _frames];

    public int Count => _frames.Count;

    public int Resets => Volatile.Read(ref _resets);

    /// <summary>Whether two calls ever overlapped, which the contract forbids.</summary>
    public bool OverlapSeen { get; private set; }

    /// <summary>The thread of the last call.</summary>
    public Thread? ReadingThread { get; private set; }

    public void OnFrame(ReadOnlySpan<byte> frame)
    {
        OverlapSeen |= Interlocked.Increment(ref _callsAtOnce) != 1;
        ReadingThread = Thread.CurrentThread;
        byte[] copy = frame.ToArray();
        _frames.Enqueue(copy);
        try
        {
            _onFrame?.Invoke(copy);
        }
        finally
        {
            Interlocked.Decrement(ref _callsAtOnce);
        }
    }

    public void OnReset() => Interlocked.Increment(ref _resets);
}
