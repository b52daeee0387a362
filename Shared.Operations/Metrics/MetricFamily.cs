using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Shared.Protocol.Diagnostics;

namespace Shared.Operations.Metrics;

/// <summary>A metric with all its series. Fed by one instrument, or by several of the same name. Safe on every thread.</summary>
internal sealed class MetricFamily
{
    // As the OpenTelemetry SDK has them, for whoever gives no advice.
    private static readonly double[] s_defaultBounds = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10_000];

    private readonly ConcurrentDictionary<TagSet, Known> _byTags = new(TagSet.Comparer.Instance);
    private readonly ConcurrentDictionary<TagSet, Known>.AlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>> _lookup;
    private readonly ConcurrentDictionary<string, MetricSeries> _byLabels = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<DurationHistogram> _sources = [];
    private readonly bool _isSet;
    private readonly int _maxSeries;

    // The series of the last measurement: as a rule that of the next one, too.
    private volatile Known? _last;

    /// <summary>Makes the metric of an instrument.</summary>
    public MetricFamily(Instrument instrument, int maxSeries)
    {
        (Kind, _isSet) = KindOf(instrument);
        Name = PrometheusName.Of(instrument.Name, instrument.Unit, Kind);
        Help = string.IsNullOrWhiteSpace(instrument.Description) ? instrument.Name : instrument.Description;
        Bounds = Kind == MetricKind.Histogram ? BoundsOf(instrument) : null;
        IsObserved = instrument.IsObservable || DurationHistogram.Of(instrument) is not null;
        _maxSeries = maxSeries;
        _lookup = _byTags.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its type.</summary>
    public MetricKind Kind { get; }

    /// <summary>What it means.</summary>
    public string Help { get; }

    /// <summary>The upper bounds of its buckets; null where it is no distribution.</summary>
    public double[]? Bounds { get; }

    /// <summary>Whether its instrument is asked at each scrape, and tells the whole then.</summary>
    public bool IsObserved { get; }

    /// <summary>The series, by their labels.</summary>
    public IEnumerable<KeyValuePair<string, MetricSeries>> Series => _byLabels.OrderBy(series => series.Key, StringComparer.Ordinal);

    /// <summary>Reads what is counted elsewhere from now on, each time when it is asked; see <see cref="Pull"/>.</summary>
    public void ReadFrom(DurationHistogram source)
    {
        _sources.Add(source);
        source.BeginReading();
    }

    /// <summary>Reads what is counted elsewhere.</summary>
    public void Pull()
    {
        foreach (DurationSeries counted in _sources.SelectMany(source => source.Series))
        {
            long[] counts = counted.ReadCounts();
            if (counts.AsSpan().ContainsAnyExcept(0))
            {
                Find(counted.Tags).Series.Load(counts, counted.SumSeconds);
            }
        }
    }

    /// <summary>Takes a measurement.</summary>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (_last is not { } last || !last.Tags.IsSame(tags))
        {
            last = Find(tags);
        }

        MetricSeries series = last.Series;
        if (Kind == MetricKind.Histogram)
        {
            series.Observe(value);
        }
        else if (_isSet)
        {
            series.Set(value);
        }
        else
        {
            series.Add(value);
        }
    }

    /// <summary>Forgets all series: those that are still there are told anew.</summary>
    public void Clear()
    {
        _last = null;
        _byTags.Clear();
        _byLabels.Clear();
    }

    private Known Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (!_lookup.TryGetValue(tags, out Known? known))
        {
            known = Add(tags);
        }

        _last = known;
        return known;
    }

    private Known Add(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        // Two threads that come here at once can go one beyond the bound, each; the bound is about memory, and that is soon enough.
        string labels = Labels.Of(tags);
        bool isWithin = _byLabels.Count < _maxSeries || _byLabels.ContainsKey(labels);
        MetricSeries series = _byLabels.GetOrAdd(isWithin ? labels : Labels.Overflow, static (_, bounds) => new MetricSeries(bounds), Bounds);
        Known known = new(new TagSet(tags), series);
        if (isWithin && _byTags.Count < 2 * _maxSeries)
        {
            _ = _byTags.TryAdd(known.Tags, known);
        }

        return known;
    }

    /// <summary>The tags of a series as they came.</summary>
    private sealed record Known(TagSet Tags, MetricSeries Series);

    private static (MetricKind Kind, bool IsSet) KindOf(Instrument instrument)
    {
        if (instrument.Name is "dotnet.thread_pool.thread.count" or "dotnet.thread_pool.queue.length")
        {
            // The runtime has them as counters, although both go down as well; that would look like a restart each time.
            return (MetricKind.Gauge, true);
        }

        Type type = instrument.GetType();
        Type? definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        return definition == typeof(Counter<>) ? (MetricKind.Counter, false)
            : definition == typeof(ObservableCounter<>) ? (MetricKind.Counter, true)
            : definition == typeof(UpDownCounter<>) ? (MetricKind.Gauge, false)
            : definition == typeof(Histogram<>) ? (MetricKind.Histogram, false)
            : (MetricKind.Gauge, true);
    }

    private static double[] BoundsOf(Instrument instrument)
    {
        double[]? advised = instrument switch
        {
            Histogram<double> histogram => [.. histogram.Advice?.HistogramBucketBoundaries ?? []],
            Histogram<long> histogram => [.. histogram.Advice?.HistogramBucketBoundaries?.Select(bound => (double)bound) ?? []],
            Histogram<int> histogram => [.. histogram.Advice?.HistogramBucketBoundaries?.Select(bound => (double)bound) ?? []],
            _ => [],
        };
        return advised.Length > 0 ? advised : s_defaultBounds;
    }
}
