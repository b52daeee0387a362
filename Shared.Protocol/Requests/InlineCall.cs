using Shared.Protocol.Wire;

namespace Shared.Protocol.Requests;

/// <summary>
/// The request that a reading thread is running the handler of, seen by the watchdog. Whoever ends it, the thread or the watchdog, answers it,
/// and nobody else. One belongs to one reading thread; a thread that takes over has its own.
/// </summary>
internal sealed class InlineCall
{
    private const long Idle = 0;
    private const long Abandoned = -1;
    private const int WaitMs = 1000;

    private readonly object _gate = new();

    // Idle, Abandoned, or the number of the request whose handler runs.
    private long _state;
    private long _number;
    private Envelope _envelope;
    private bool _isBusy;
    private bool _isHandedOver;

    /// <summary>What this thread reads frames with.</summary>
    public PooledBuffer Scratch { get; } = new();

    /// <summary>The results to the requests of a batch, on their way out.</summary>
    public ReplyBatch Replies { get; } = new();

    /// <summary>What is behind the request in its batch.</summary>
    public BatchRest Rest { get; } = new();

    /// <summary>The number of the request whose handler runs; 0 or less for none. For any thread.</summary>
    public long Running => Volatile.Read(ref _state);

    /// <summary>Whether a frame is being dealt with: its handler runs, or its result is being sent. Written by the reading thread alone.</summary>
    public bool IsBusy
    {
        get => Volatile.Read(ref _isBusy);
        set => Volatile.Write(ref _isBusy, value);
    }

    /// <summary>The type number of the request that runs.</summary>
    public int TypeNumber { get; private set; }

    /// <summary>The reading thread enters a handler.</summary>
    public void Begin(in Envelope envelope, int typeNumber)
    {
        _envelope = envelope;
        TypeNumber = typeNumber;
        Volatile.Write(ref _state, ++_number);
    }

    /// <summary>The reading thread has left the handler. False when it was given up meanwhile: then it has been answered.</summary>
    public bool TryEnd() => Interlocked.CompareExchange(ref _state, Idle, _number) == _number;

    /// <summary>The watchdog gives the request up, if it is still the one that runs; from then on the thread stays in the call.</summary>
    public bool TryAbandon(long number, out Envelope envelope)
    {
        if (number <= Idle || Interlocked.CompareExchange(ref _state, Abandoned, number) != number)
        {
            envelope = default;
            return false;
        }

        // The thread is in the handler, or waits for the hand-over: it writes nothing here any more.
        envelope = _envelope;
        return true;
    }

    /// <summary>Lets the thread of a request that was given up go: another one reads in its place.</summary>
    public void HandOver()
    {
        lock (_gate)
        {
            _isHandedOver = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>
    /// Keeps the thread of a request that was given up from reading on before it has been replaced. The watchdog is in between at that moment,
    /// and does nothing that waits.
    /// </summary>
    public void AwaitHandOver()
    {
        lock (_gate)
        {
            while (!_isHandedOver)
            {
                _ = Monitor.Wait(_gate, WaitMs);
            }
        }
    }
}
