namespace Shared.Protocol.Administration;

/// <summary>One value of a metric, or one distribution.</summary>
/// <param name="Labels">What it is the value of.</param>
/// <param name="Value">The value; of a distribution the sum.</param>
/// <param name="Bounds">The upper bounds of a distribution's buckets; null for a single value.</param>
/// <param name="Counts">How many measurements fell into each bucket, and at the end into none of them; null for a single value.</param>
public sealed record SeriesStatus(
    IReadOnlyDictionary<string, string> Labels, double Value, IReadOnlyList<double>? Bounds = null, IReadOnlyList<long>? Counts = null);
