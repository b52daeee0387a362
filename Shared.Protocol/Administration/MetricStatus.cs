namespace Shared.Protocol.Administration;

/// <summary>A metric with all its series.</summary>
/// <param name="Name">Its name, as Prometheus has it.</param>
/// <param name="Type"><c>counter</c>, <c>gauge</c> or <c>histogram</c>.</param>
/// <param name="Series">Its series.</param>
public sealed record MetricStatus(string Name, string Type, IReadOnlyList<SeriesStatus> Series);
