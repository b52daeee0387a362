using System.Collections.Concurrent;
using Shared.Protocol.Transport;

namespace Transport.Conformance.Support;

/// <summary>Takes frames in bursts, and notes how many each of them had.</summary>
/// <param name="onFrame">What is done with each frame.</param>
public sealed class BurstReceiver(Action onFrame) : IFrameReceiver
{
    private readonly ConcurrentQueue<int> _bursts = new();
    private Thread? _thread;
    private int _frames;

    public bool ExpectsMore => true;

    /// <summary>The frames of each burst that has ended.</summary>
    public IReadOnlyList<int> Bursts => [.. _bursts];

    /// <summary>What was not as the contract says; null for nothing.</summary>
    public string? Fault { get; private set; }

    public void OnBurstBegin()
    {
        Fault ??= _thread is null ? null : "A burst began within another.";
        _thread = Thread.CurrentThread;
        _frames = 0;
    }

    public void OnFrame(ReadOnlySpan<byte> frame)
    {
        Fault ??= _thread == Thread.CurrentThread ? null : "A frame came outside of a burst.";
        _frames++;
        onFrame();
    }

    public void OnBurstEnd()
    {
        Fault ??= _thread == Thread.CurrentThread ? null : "A burst ended that had not begun.";
        _thread = null;
        _bursts.Enqueue(_frames);
    }

    public void OnReset()
    {
    }
}
