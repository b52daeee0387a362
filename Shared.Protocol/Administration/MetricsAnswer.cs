namespace Shared.Protocol.Administration;

/// <summary>Everything that a daemon counts, since its start.</summary>
/// <param name="TakenAtMs">When, in milliseconds of the daemon's monotonic clock: rates are differences of two of these.</param>
/// <param name="Metrics">The metrics, by name.</param>
public sealed record MetricsAnswer(long TakenAtMs, IReadOnlyList<MetricStatus> Metrics);
