using System.Collections.Concurrent;

namespace ChatD.Connections;

/// <summary>
/// Writes to the players' sockets what a burst of results has left, on a thread of the pool: one is asked for in a burst, rather than one for each player, and it goes
/// on as long as there is something. No write waits, so none holds up those behind it. Safe on every thread.
/// </summary>
internal sealed class BurstWrites : IThreadPoolWorkItem
{
    private readonly ConcurrentQueue<OutgoingFrames> _ready = new();
    private int _isRunning;

    /// <summary>Has what one player is to be sent written soon. He may be in it several times.</summary>
    public void Add(OutgoingFrames frames)
    {
        _ready.Enqueue(frames);
        if (Interlocked.Exchange(ref _isRunning, 1) == 1)
        {
            return;
        }

        // As an await goes on: where there is a context, it decides.
        if (SynchronizationContext.Current is { } context)
        {
#pragma warning disable VSTHRD001 // Nobody waits for it.
            context.Post(static writes => ((BurstWrites)writes!).Execute(), this);
#pragma warning restore VSTHRD001
        }
        else
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
