using Simulation.Daemons;

namespace Simulation;

/// <summary>
/// Virtual time: runs what is due next, be it an event of the world's or a timer of a daemon's, one thing at a time, on one thread. What is
/// due at the same moment runs timers first, then in the order of its being scheduled.
/// </summary>
internal sealed class SimScheduler
{
    public const long NsPerMs = 1_000_000;

    private readonly PriorityQueue<Action, (long AtNs, long Number)> _events = new();
    private readonly List<SimDaemon> _daemons = [];
    private readonly int _threadId = Environment.CurrentManagedThreadId;
    private long _scheduled;

    /// <summary>The time, in nanoseconds; it begins where a daemon's clock begins.</summary>
    public long NowNs { get; private set; } = 1_000_000_000_000;

    /// <summary>How many events and timers have run.</summary>
    public long Steps { get; private set; }

    public void After(long delayNs, Action action)
    {
        AssertOnlyThread();
        _events.Enqueue(action, (NowNs + delayNs, _scheduled++));
    }

    /// <summary>A world in which two threads run at once would not repeat.</summary>
    public void AssertOnlyThread()
    {
        if (Environment.CurrentManagedThreadId != _threadId)
        {
            throw new InvalidOperationException("Something of this world runs on another thread.");
        }
    }

    public void Add(SimDaemon daemon) => _daemons.Add(daemon);

    public void Remove(SimDaemon daemon) => _daemons.Remove(daemon);

    /// <summary>Goes on until a point in time, or until a condition holds, which is looked at after every step.</summary>
    /// <returns>Whether the condition held.</returns>
    public bool RunUntil(long untilNs, Func<bool>? condition = null)
    {
        while (true)
        {
            if (condition?.Invoke() == true)
            {
                return true;
            }

            if (!Step(untilNs))
            {
                NowNs = Math.Max(NowNs, untilNs);
                return condition?.Invoke() == true;
            }
        }
    }

    private bool Step(long untilNs)
    {
        SimDaemon? nextDaemon = null;
        long nextNs = long.MaxValue;
        foreach (SimDaemon daemon in _daemons)
        {
            if (daemon is { IsRunning: true, Time.NextDueNs: { } dueNs } && dueNs < nextNs)
            {
                nextDaemon = daemon;
                nextNs = dueNs;
            }
        }

        bool hasEvent = _events.TryPeek(out Action? action, out (long AtNs, long Number) place);
        if (hasEvent && place.AtNs < nextNs)
        {
            nextDaemon = null;
            nextNs = place.AtNs;
        }

        if (nextNs > untilNs || (nextDaemon is null && !hasEvent))
        {
            return false;
        }

        NowNs = Math.Max(NowNs, nextNs);
        Steps++;
        if (nextDaemon is not null)
        {
            nextDaemon.Enter().Dispose();
        }
        else
        {
            _events.Dequeue();
            action!();
        }

        return true;
    }
}
