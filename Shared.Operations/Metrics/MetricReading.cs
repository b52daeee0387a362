using Shared.Protocol.Administration;

namespace Shared.Operations.Metrics;

/// <summary>Shows metrics to programs.</summary>
internal static class MetricReading
{
    /// <summary>Metrics that have a series, with all of those.</summary>
    public static IReadOnlyList<MetricStatus> Of(IEnumerable<MetricFamily> families) =>
        [.. families.Select(Of).Where(metric => metric.Series.Count > 0)];

    private static MetricStatus Of(MetricFamily family) => new(
        family.Name,
        family.Kind.ToString().ToLowerInvariant(),
        [.. family.Series.Select(series => Of(family, series.Key, series.Value))]);

    private static SeriesStatus Of(MetricFamily family, string labels, MetricSeries series) => new(
        Labels.Parse(labels), series.Value, family.Bounds, family.Bounds is null ? null : series.Counts);
}
