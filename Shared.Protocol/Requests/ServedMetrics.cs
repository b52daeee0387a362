using System.Diagnostics.Metrics;
using Shared.Protocol.Diagnostics;

namespace Shared.Protocol.Requests;

/// <summary>What is measured where requests are served, on the meter <see cref="RequestMetrics.MeterName"/>. While nobody listens it costs the look at a flag.</summary>
internal static class ServedMetrics
{
    private static readonly Meter s_meter = new(RequestMetrics.MeterName);

    private static readonly Histogram<int> s_readBatches = s_meter.CreateHistogram(
        "ipc.served.batch.size", "{request}", "Requests in a frame with several that was read.", tags: null, BatchBuckets.Advice);

    /// <summary>Has the instruments made: they are to be seen before anything was measured, and where requests are served alone.</summary>
    public static void Publish() => _ = s_readBatches.Enabled;

    /// <summary>A frame with several requests was read.</summary>
    public static void ReadBatch(int requests) => s_readBatches.Record(requests);
}
