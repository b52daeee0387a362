using System.Diagnostics;
using Measuring;

namespace IpcBench.Exchanging;

/// <summary>
/// Counts the round trips of one measurement. It begins with a warm-up; somebody else says when that is over and when all is, so that the threads that ask
/// do nothing besides.
/// </summary>
internal sealed class Tally(Load load)
{
    private static readonly double s_nsPerTick = 1e9 / Stopwatch.Frequency;

    private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly int _enoughCount = load.Count > 0 ? load.Count : load.InFlight;
    private volatile bool _isCounting = load.Count > 0;
    private volatile bool _isEnded;
    private int _answered;

    /// <summary>The times of what was counted. To be read when nobody asks any more.</summary>
    internal Histogram Times { get; } = new();

    /// <summary>How many were unanswered at once, at most: fewer than wanted where the mechanism holds fewer.</summary>
    internal int Reached { get; private set; }

    /// <summary>Whether to stop asking.</summary>
    internal bool IsEnded => _isEnded;

    /// <summary>Ends when as many were answered as are in flight, so that connections and buffers are there; or when the wanted number was.</summary>
    internal Task Enough => _enough.Task;

    /// <summary>From here on is counted.</summary>
    internal void Begin() => _isCounting = true;

    /// <summary>From here on is not, and nobody asks any more.</summary>
    internal void End()
    {
        _isCounting = false;
        _isEnded = true;
    }

    /// <summary>A request was answered; one thread calls this.</summary>
    internal void Add(long ticks)
    {
        if (_isCounting)
        {
            Times.Add((long)(ticks * s_nsPerTick));
        }

        if (++_answered == _enoughCount)
        {
            _isEnded = load.Count > 0;
            _enough.TrySetResult();
        }
    }

    /// <summary>The same, from any thread.</summary>
    internal void AddShared(long ticks)
    {
        lock (_gate)
        {
            Add(ticks);
        }
    }

    /// <summary>So many are unanswered; one thread calls this.</summary>
    internal void Reach(int inFlight) => Reached = Math.Max(Reached, inFlight);
}
