using System.Diagnostics.Metrics;

namespace Shared.Protocol.Diagnostics;

/// <summary>The buckets that all durations of requests and commands are counted in, so that they can be laid over each other.</summary>
public static class DurationBuckets
{
    /// <summary>Their upper bounds, in seconds: from a look-up in memory on an idle machine to the longest deadline that can be set.</summary>
    public static InstrumentAdvice<double> Advice { get; } = new()
    {
        HistogramBucketBoundaries = [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60],
    };
}
