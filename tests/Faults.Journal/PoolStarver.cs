namespace Faults.Journal;

/// <summary>Takes all threads of the pool, and as many more as it may make meanwhile.</summary>
internal static class PoolStarver
{
    private const int WorkItems = 512;

    /// <summary>Returns at once; the threads are given back after a time.</summary>
    public static void Begin(int forMs) => new Thread(() => Hold(forMs)) { IsBackground = true, Name = "starver" }.Start();

    private static void Hold(int forMs)
    {
        using var over = new ManualResetEventSlim();
        using var left = new CountdownEvent(WorkItems);
        for (int i = 0; i < WorkItems; i++)
        {
            _ = ThreadPool.UnsafeQueueUserWorkItem(
                static state =>
                {
                    // A bound besides: nothing waits for ever, also where the thread that ends this is ended.
                    _ = state.Over.Wait(state.LimitMs);
                    _ = state.Left.Signal();
                },
                (Over: over, Left: left, LimitMs: forMs + 1000),
                preferLocal: false);
        }

        using var never = new ManualResetEventSlim();
        _ = never.Wait(forMs);
        over.Set();
        left.Wait();
    }
}
