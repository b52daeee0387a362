using Gsctl.Discovery;
using Gsctl.Output;
using Gsctl.Reports;
using Shared.Protocol.Administration;

namespace Gsctl.Live;

/// <summary>What happened between two samples.</summary>
internal static class Rates
{
    /// <summary>The report of an interval. A daemon that was not in the first sample, or was restarted since, counts from its start.</summary>
    public static TopReport Between(Sample before, Sample after) => new(
        after.At,
        (long)(after.At - before.At).TotalMilliseconds,
        [.. after.Daemons.Values.Select(daemon => daemon.Status).OrderBy(status => status.Chat is null).ThenBy(status => status.Instance).Select(Describe)],
        Of(RateSource.Requests, before, after),
        Of(RateSource.Commands, before, after),
        after.Unreached);

    private static TopDaemon Describe(DaemonStatus status) => new(
        StatusWords.NameOf(status),
        status.State,
        status.Ready,
        StatusWords.PlayersOf(status),
        StatusWords.InFlightOf(status),
        status.Ipc?.Asking?.Pending,
        status.Ipc?.Asking is { WindowBytes: > 0 } asking ? (double)(asking.UsedBytes + asking.OwedBytes) / asking.WindowBytes : null,
        status.Ipc?.Requests,
        status.Ipc?.Results);

    private static IReadOnlyList<TopRate> Of(RateSource source, Sample before, Sample after)
    {
        SortedDictionary<string, Sum> sums = new(StringComparer.Ordinal);
        foreach ((DaemonAddress address, (DaemonStatus status, MetricsAnswer metrics)) in after.Daemons)
        {
            // Of another run nothing can be taken away.
            MetricsAnswer? earlier = before.Daemons.TryGetValue(address, out (DaemonStatus Status, MetricsAnswer Metrics) known) && known.Status.Generation == status.Generation
                ? known.Metrics
                : null;
            double seconds = Math.Max(1, earlier is null ? status.UptimeMs : metrics.TakenAtMs - earlier.TakenAtMs) / 1000.0;
            AddCounts(source, sums, metrics, earlier, seconds);
            AddDurations(source, sums, metrics, earlier);
        }

        return [.. sums.Select(sum => sum.Value.Show(sum.Key)).OrderByDescending(rate => rate.PerSecond).ThenBy(rate => rate.Name, StringComparer.Ordinal)];
    }

    private static void AddCounts(RateSource source, SortedDictionary<string, Sum> sums, MetricsAnswer metrics, MetricsAnswer? earlier, double seconds)
    {
        foreach (SeriesStatus series in SeriesOf(metrics, source.Counter))
        {
            double count = Math.Max(0, CountOf(series) - (Same(earlier, source.Counter, series) is { } same ? CountOf(same) : 0)) / seconds;
            Sum sum = At(sums, source, series);
            sum.PerSecond += count;
            sum.FailuresPerSecond += source.IsFailure(series.Labels.GetValueOrDefault(source.OutcomeLabel, string.Empty)) ? count : 0;
        }
    }

    private static void AddDurations(RateSource source, SortedDictionary<string, Sum> sums, MetricsAnswer metrics, MetricsAnswer? earlier)
    {
        foreach (SeriesStatus series in SeriesOf(metrics, source.Durations))
        {
            if (series is { Bounds: { } bounds, Counts: { } counts })
            {
                Sum sum = At(sums, source, series);
                sum.Durations ??= new Distribution(bounds);
                if (sum.Durations.Has(bounds))
                {
                    sum.Durations.Add(counts, Same(earlier, source.Durations, series)?.Counts);
                }
            }
        }
    }

    private static Sum At(SortedDictionary<string, Sum> sums, RateSource source, SeriesStatus series)
    {
        string name = series.Labels.GetValueOrDefault(source.Label, string.Empty);
        name = name.Length == 0 ? "(none)" : name;
        if (!sums.TryGetValue(name, out Sum? sum))
        {
            sums.Add(name, sum = new Sum());
        }

        return sum;
    }

    private static IEnumerable<SeriesStatus> SeriesOf(MetricsAnswer metrics, string name) => metrics.Metrics.FirstOrDefault(metric => metric.Name == name)?.Series ?? [];

    private static SeriesStatus? Same(MetricsAnswer? earlier, string name, SeriesStatus series) => earlier is null ? null
        : SeriesOf(earlier, name).FirstOrDefault(other =>
            other.Labels.Count == series.Labels.Count && other.Labels.All(label => series.Labels.GetValueOrDefault(label.Key) == label.Value));

    private static double CountOf(SeriesStatus series) => series.Counts?.Sum() ?? series.Value;

    private sealed class Sum
    {
        public double PerSecond { get; set; }

        public double FailuresPerSecond { get; set; }

        public Distribution? Durations { get; set; }

        public TopRate Show(string name)
        {
            bool isAtLeast = false;
            double? p50 = Durations?.Quantile(0.5, out _);
            double? p99 = Durations?.Quantile(0.99, out isAtLeast);
            return new TopRate(name, PerSecond, FailuresPerSecond, p50, p99, isAtLeast);
        }
    }
}
