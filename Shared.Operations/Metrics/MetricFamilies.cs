using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Shared.Protocol.Administration;
using Shared.Protocol.Diagnostics;

namespace Shared.Operations.Metrics;

/// <summary>
/// Listens to instruments from <see cref="Start"/> on, keeps their totals, and writes them as Prometheus reads them. Safe on every thread.
/// </summary>
/// <param name="maxSeries">How many series a metric may have.</param>
/// <param name="includes">Which meters are listened to.</param>
internal sealed class MetricFamilies(int maxSeries, Func<Meter, bool> includes) : IDisposable
{
    /// <summary>How many metrics there may be.</summary>
    public const int MaxFamilies = 1000;

    private readonly ConcurrentDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();

    // One reader at a time: what observed instruments tell belongs to one of them.
    private readonly SemaphoreSlim _scrape = new(1, 1);

    /// <summary>Begins to listen, also to instruments that are made later.</summary>
    public void Start()
    {
        _listener.InstrumentPublished = OnPublished;
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, family) => Record(family, (double)value, tags));
        _listener.Start();
    }

    /// <summary>Everything at this moment, in the text format 0.0.4.</summary>
    public Task<string> WriteAsync(CancellationToken cancellationToken) => ReadAsync(families => PrometheusText.Write(InOrder(families)), cancellationToken);

    /// <summary>Everything at this moment, for programs; metrics without a series are left out.</summary>
    public Task<IReadOnlyList<MetricStatus>> ListAsync(CancellationToken cancellationToken) => ReadAsync(families => MetricReading.Of(InOrder(families)), cancellationToken);

    /// <summary>Hands everything at this moment on, by name.</summary>
    /// <param name="read">Reads it, and keeps nothing of it: the next call changes it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task ReadAsync(Action<IReadOnlyDictionary<string, MetricFamily>> read, CancellationToken cancellationToken) => ReadAsync(
        families =>
        {
            read(families);
            return families.Count;
        },
        cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        _scrape.Dispose();
    }

    /// <summary>Shows everything at this moment, by name.</summary>
    /// <param name="show">Reads it, and keeps nothing of it: the next call changes it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    private async Task<T> ReadAsync<T>(Func<IReadOnlyDictionary<string, MetricFamily>, T> show, CancellationToken cancellationToken)
    {
        await _scrape.WaitAsync(cancellationToken);
        try
        {
            foreach (MetricFamily family in _families.Values.Where(family => family.IsObserved))
            {
                family.Clear();
            }

            Observe();
            foreach (MetricFamily family in _families.Values)
            {
                family.Pull();
            }

            return show(_families);
        }
        finally
        {
            _ = _scrape.Release();
        }
    }

    private static void Record(object? family, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => ((MetricFamily)family!).Record(value, tags);

    private static IEnumerable<MetricFamily> InOrder(IReadOnlyDictionary<string, MetricFamily> families) =>
        families.Values.OrderBy(family => family.Name, StringComparer.Ordinal);

    private void Observe()
    {
        try
        {
            _listener.RecordObservableInstruments();
        }
        catch (AggregateException)
        {
            // One that cannot tell its value just now is missing, and the others are there.
        }
    }

    private void OnPublished(Instrument instrument, MeterListener listener)
    {
        if (!includes(instrument.Meter) || _families.Count >= MaxFamilies)
        {
            return;
        }

        MetricFamily made = new(instrument, maxSeries);
        MetricFamily family = _families.GetOrAdd(made.Name, made);
        if (family.Kind == made.Kind && family.IsObserved == made.IsObserved)
        {
            if (DurationHistogram.Of(instrument) is { } counted)
            {
                family.ReadFrom(counted);
            }
            else
            {
                listener.EnableMeasurementEvents(instrument, family);
            }
        }
    }
}
