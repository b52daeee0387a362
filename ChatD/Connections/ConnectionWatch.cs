using Shared.Protocol.Requests;

namespace ChatD.Connections;

/// <summary>
/// Looks at the deadlines of all connections, a few times a second: one timer for all of them. A deadline is noticed at most one
/// <see cref="Period"/> late, which is nothing where the deadlines are seconds. Safe on every thread.
/// </summary>
internal sealed class ConnectionWatch : IDisposable
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    private readonly ITimer _timer;

    // Guards the set. Not held while connections are looked at.
    private readonly Lock _gate = new();

    // A set's order follows from what was added and removed alone, not from hash codes that are others in every run.
    private readonly HashSet<IWatched> _watched = new(ReferenceEqualityComparer.Instance);

    /// <summary>Begins to look.</summary>
    public ConnectionWatch(TimeProvider time)
    {
        Clock = new MonotonicClock(time);
        _timer = time.CreateTimer(static state => ((ConnectionWatch)state!).CheckAll(), this, Period, Period);
    }

    /// <summary>The clock of all connections' deadlines.</summary>
    public MonotonicClock Clock { get; }

    /// <summary>Looks after a connection from now on.</summary>
    public void Add(IWatched watched)
    {
        lock (_gate)
        {
            _ = _watched.Add(watched);
        }
    }

    /// <summary>Looks after it no more.</summary>
    public void Remove(IWatched watched)
    {
        lock (_gate)
        {
            _ = _watched.Remove(watched);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void CheckAll()
    {
        IWatched[] watched;
        lock (_gate)
        {
            watched = [.. _watched];
        }

        long nowNs = Clock.NowNs;
        foreach (IWatched one in watched)
        {
            one.Check(nowNs);
        }
    }
}
