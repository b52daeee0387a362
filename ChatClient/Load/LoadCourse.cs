using Shared.Protocol.Requests;

namespace ChatClient.Load;

/// <summary>Collects the course of a load: a moment each second, and longer ones where there would be too many to draw. One thread at a time.</summary>
/// <param name="duration">How long is measured.</param>
internal sealed class LoadCourse(TimeSpan duration)
{
    private const int MaxMoments = 1000;
    private const double UsPerNs = 1e-3;

    // Two timers never tick at quite the same moment: a step that has all but passed has passed.
    private const double Tolerance = 0.9;

    private readonly TimeSpan _step = TimeSpan.FromSeconds(Math.Max(1, duration.TotalSeconds / MaxMoments));
    private readonly List<LoadMoment> _moments = [];
    private LoadTally _tally = new();
    private TimeSpan _begin;

    /// <summary>The moments so far, in order.</summary>
    public IReadOnlyList<LoadMoment> Moments => _moments;

    /// <summary>Adds what was counted since the last call.</summary>
    /// <param name="elapsed">How long has been measured.</param>
    /// <param name="tally">What was counted.</param>
    /// <param name="inFlight">Lines under way.</param>
    public void Add(TimeSpan elapsed, LoadTally tally, int inFlight)
    {
        _tally.Add(tally);
        if (elapsed - _begin < Tolerance * _step && elapsed < duration)
        {
            return;
        }

        LatencyHistogram all = _tally.All();
        _moments.Add(new LoadMoment(
            elapsed.TotalSeconds,
            (elapsed - _begin).TotalSeconds,
            _tally.CountOf(OutcomeKind.Ok),
            _tally.CountOf(OutcomeKind.Error),
            _tally.CountOf(OutcomeKind.Busy),
            _tally.CountOf(OutcomeKind.Unknown),
            _tally.Deliveries.Count,
            all.Count > 0 ? all.PercentileNs(0.5) * UsPerNs : null,
            all.Count > 0 ? all.PercentileNs(0.99) * UsPerNs : null,
            inFlight));
        _tally = new LoadTally();
        _begin = elapsed;
    }
}
