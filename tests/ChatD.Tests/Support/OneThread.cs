namespace ChatD.Tests.Support;

/// <summary>
/// A thread that does what is posted to it, in that order: what is awaited there goes on there. What comes after its end is forgotten.
/// </summary>
internal sealed class OneThread : SynchronizationContext, IDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);

    private readonly Queue<(SendOrPostCallback Work, object? State)> _posted = new();
    private readonly Thread _thread;
    private bool _isOver;

    public OneThread()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "one" };
        _thread.Start();
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_posted)
        {
            _posted.Enqueue((d, state));
            Monitor.Pulse(_posted);
        }
    }

    /// <summary>Has it do something when it has done what was posted before.</summary>
    public async Task<T> AskAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(_ => done.SetResult(work()), null);
        return await done.Task.WaitAsync(s_deadline);
    }

    public void Dispose()
    {
        lock (_posted)
        {
            _isOver = true;
            Monitor.Pulse(_posted);
        }

        _ = _thread.Join(s_deadline);
    }

    private void Run()
    {
        SetSynchronizationContext(this);
        while (Next() is var (work, state))
        {
            work(state);
        }
    }

    private (SendOrPostCallback Work, object? State)? Next()
    {
        lock (_posted)
        {
            while (_posted.Count == 0 && !_isOver)
            {
                _ = Monitor.Wait(_posted, s_deadline);
            }

            return _isOver ? null : _posted.Dequeue();
        }
    }
}
