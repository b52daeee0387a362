namespace ChatD.Connections;

/// <summary>
/// How many more lines a session may have without an answer. Whoever waits for a place gets it in the order of asking. Safe on every thread.
/// </summary>
/// <remarks>A semaphore that is waited for with a token goes by way of the thread pool, whatever context waits; this does not.</remarks>
/// <param name="places">How many there are.</param>
internal sealed class LineRoom(int places)
{
    private readonly Lock _gate = new();

    // At most one for each connection that the session had lately: each reads one line at a time.
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private int _free = places;

    /// <summary>Takes a place, once there is one.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public async ValueTask TakeAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource place;
        lock (_gate)
        {
            if (_free > 0)
            {
                _free--;
                return;
            }

            place = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(place);
        }

        await using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), place);
        await place.Task;
    }

    /// <summary>Gives a place back.</summary>
    public void Release()
    {
        lock (_gate)
        {
            while (_waiting.TryDequeue(out TaskCompletionSource? next))
            {
                // Who has given up has no use for it.
                if (next.TrySetResult())
                {
                    return;
                }
            }

            _free++;
        }
    }
}
