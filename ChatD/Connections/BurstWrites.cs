using System.Collections.Concurrent;

namespace ChatD.Connections;

/// <summary>
/// Writes to the players' sockets what a burst of results has left, on a thread of the pool: one is asked for in a burst, rather than one for each player, and it goes
/// on as long as there is something. No write waits, so none holds up those behind it. Safe on every thread.
/// </summary>
internal sealed class BurstWrites : IThreadPoolWorkItem
{
    // The other half of the processors reads: players and results.
    private static readonly BurstWrites[] s_all = [.. Enumerable.Range(0, Math.Max(1, Environment.ProcessorCount / 2)).Select(static _ => new BurstWrites())];
    private static uint s_given;

    private readonly ConcurrentQueue<OutgoingFrames> _ready = new();
    private int _isRunning;

    private BurstWrites()
    {
    }

    /// <summary>The one for a further player: they are given in turn.</summary>
    public static BurstWrites Next() => s_all[Interlocked.Increment(ref s_given) % (uint)s_all.Length];

    /// <summary>Has what one player is to be sent written soon. He may be in it several times.</summary>
    public void Add(OutgoingFrames frames)
    {
        _ready.Enqueue(frames);
        if (Interlocked.Exchange(ref _isRunning, 1) == 0)
        {
            _ = ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <inheritdoc/>
    public void Execute()
    {
        do
        {
            while (_ready.TryDequeue(out OutgoingFrames? frames))
            {
                frames.Write();
            }

            // What is added from here on asks for a thread itself, unless this one sees it.
            _ = Interlocked.Exchange(ref _isRunning, 0);
        }
        while (!_ready.IsEmpty && Interlocked.Exchange(ref _isRunning, 1) == 0);
    }
}
