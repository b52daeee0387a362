using System.Diagnostics;
using System.Diagnostics.Metrics;
using Shared.Protocol.Diagnostics;

namespace ChannelD.Diagnostics;

/// <summary>How long operations of the kept state take, on the meter of <see cref="ChannelMetrics"/>. For any thread.</summary>
internal static class StateMetrics
{
    /// <summary>It was done.</summary>
    public const string Done = "ok";

    /// <summary>It failed, or took too long.</summary>
    public const string Failed = "failed";

    /// <summary>Whoever asked has given up.</summary>
    public const string Cancelled = "cancelled";

    private static readonly Meter s_meter = new(ChannelMetrics.MeterName);

    private static readonly Histogram<double> s_duration = s_meter.CreateHistogram(
        "channeld.state.duration",
        "s",
        "Operations of the kept state on its file or server, from the asking to the end, by operation and outcome.",
        tags: null,
        DurationBuckets.Advice);

    /// <summary>Whether anybody wants to know: else the clock need not be read.</summary>
    public static bool IsTimed => s_duration.Enabled;

    /// <summary>An operation has ended.</summary>
    public static void Ended(string operation, string outcome, long beganAt)
    {
        if (beganAt != 0)
        {
            s_duration.Record(Stopwatch.GetElapsedTime(beganAt).TotalSeconds, new("operation", operation), new("outcome", outcome));
        }
    }
}
