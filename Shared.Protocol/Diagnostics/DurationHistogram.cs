using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace Shared.Protocol.Diagnostics;

/// <summary>
/// A histogram of durations for paths on which a measurement has to cost next to nothing: whoever counts keeps the series, and whoever shows them reads the buckets. For any
/// thread.
/// </summary>
/// <remarks>
/// There is an instrument of the same name, unit and buckets, for listeners that know nothing of this: while there is one (OTLP, dotnet-counters) each duration is measured with
/// that as well. Instruments that are read when somebody looks exist for numbers only, not for histograms.
/// </remarks>
public sealed class DurationHistogram
{
    private const double NsPerSecond = 1e9;

    private static readonly ConditionalWeakTable<Meter, ConcurrentDictionary<string, DurationHistogram>> s_byMeter = [];

    private readonly Histogram<double> _instrument;
    private readonly long[] _boundsNs;
    private readonly ConcurrentBag<DurationSeries> _series = [];
    private volatile bool _isRead;

    /// <summary>Makes it, with its instrument; the buckets are <see cref="DurationBuckets"/>.</summary>
    /// <param name="meter">Whose it is.</param>
    /// <param name="name">The instrument's name.</param>
    /// <param name="description">What is measured.</param>
    public DurationHistogram(Meter meter, string name, string description)
    {
        ArgumentNullException.ThrowIfNull(meter);
        _boundsNs = [.. DurationBuckets.Advice.HistogramBucketBoundaries!.Select(bound => (long)Math.Round(bound * NsPerSecond))];

        // Before the instrument is there: whoever listens is told of that at once, and looks for this.
        s_byMeter.GetOrCreateValue(meter)[name] = this;
        _instrument = meter.CreateHistogram(name, "s", description, tags: null, DurationBuckets.Advice);
    }

    /// <summary>Whether anybody wants to know: else no clock need be read.</summary>
    public bool IsEnabled => _isRead || _instrument.Enabled;

    /// <summary>The series that there are; several may have the same tags, and count together.</summary>
    public IEnumerable<DurationSeries> Series => _series;

    /// <summary>The histogram behind an instrument; null where there is none, and the instrument tells all itself.</summary>
    public static DurationHistogram? Of(Instrument instrument)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        return s_byMeter.TryGetValue(instrument.Meter, out ConcurrentDictionary<string, DurationHistogram>? byName)
            ? byName.GetValueOrDefault(instrument.Name)
            : null;
    }

    /// <summary>Somebody is going to read the series: from now on durations are counted.</summary>
    public void BeginReading() => _isRead = true;

    /// <summary>A further series. For whoever keeps it: it is there for good.</summary>
    /// <param name="tags">Its tags; values of a few.</param>
    public DurationSeries Add(params KeyValuePair<string, object?>[] tags)
    {
        var series = new DurationSeries(this, tags, _boundsNs);
        _series.Add(series);
        return series;
    }

    internal void PassOn(long durationNs, KeyValuePair<string, object?>[] tags)
    {
        if (_instrument is { Enabled: true } instrument)
        {
            instrument.Record(durationNs / NsPerSecond, tags);
        }
    }
}
