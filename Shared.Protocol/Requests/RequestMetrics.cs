using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Shared.Protocol.Requests;

/// <summary>How long requests took, on the meter <see cref="MeterName"/>. While nobody listens it costs the look at a flag.</summary>
internal static class RequestMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "GameServers.Requests";

    private const double SecondsPerNs = 1e-9;

    private static readonly Meter s_meter = new(MeterName);

    // From a look-up in memory on an idle machine to the longest deadline that can be set.
    private static readonly Histogram<double> s_duration = s_meter.CreateHistogram(
        "ipc.request.duration",
        "s",
        "From a request that was taken in to its outcome, by kind of request and outcome.",
        tags: null,
        new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60],
        });

    /// <summary>Whether anybody wants to know: else the clock need not be read.</summary>
    public static bool IsTimed => s_duration.Enabled;

    /// <summary>A request has ended.</summary>
    /// <param name="request">The kind of request.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="durationNs">How long it took, in nanoseconds.</param>
    public static void Ended(string request, OutcomeKind outcome, long durationNs)
    {
        TagList tags = new() { { "request", request }, { "outcome", NameOf(outcome) } };
        s_duration.Record(durationNs * SecondsPerNs, tags);
    }

    /// <summary>The outcome as a label.</summary>
    public static string NameOf(OutcomeKind outcome) => outcome switch
    {
        OutcomeKind.Ok => "ok",
        OutcomeKind.Error => "error",
        OutcomeKind.Busy => "busy",
        _ => "unknown",
    };
}
