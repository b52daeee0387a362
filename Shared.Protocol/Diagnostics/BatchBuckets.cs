using System.Diagnostics.Metrics;

namespace Shared.Protocol.Diagnostics;

/// <summary>The buckets that the sizes of batches are counted in.</summary>
internal static class BatchBuckets
{
    /// <summary>Their upper bounds, in requests: from two, the least that is a batch, to more than a queue of the usual size holds.</summary>
    public static InstrumentAdvice<int> Advice { get; } = new() { HistogramBucketBoundaries = [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024] };
}
