using System.Collections.Concurrent;
using Shared.Protocol.Requests;

namespace ChatD.Connections;

/// <summary>
/// Looks at the deadlines of all connections, a few times a second: one timer for all of them. A deadline is noticed at most one
/// <see cref="Period"/> late, which is nothing where the deadlines are seconds.
/// </summary>
internal sealed class ConnectionWatch : IDisposable
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<IWatched, bool> _watched = new(ReferenceEqualityComparer.Instance as IEqualityComparer<IWatched>);
    private readonly ITimer _timer;

    /// <summary>Begins to look.</summary>
    public ConnectionWatch(TimeProvider time)
    {
        Clock = new MonotonicClock(time);
        _timer = time.CreateTimer(static state => ((ConnectionWatch)state!).CheckAll(), this, Period, Period);
    }

    /// <summary>The clock of all connections' deadlines.</summary>
    public MonotonicClock Clock { get; }

    /// <summary>Looks after a connection from now on.</summary>
    public void Add(IWatched watched) => _watched[watched] = true;

    /// <summary>Looks after it no more.</summary>
    public void Remove(IWatched watched) => _watched.TryRemove(watched, out _);

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void CheckAll()
    {
        long nowNs = Clock.NowNs;
        foreach ((IWatched watched, _) in _watched)
        {
            watched.Check(nowNs);
        }
    }
}
