using System.Diagnostics.Metrics;
using Shared.Protocol.Diagnostics;

namespace Shared.Protocol.Requests;

/// <summary>How long requests took, on the meter <see cref="MeterName"/>. While nobody listens it costs the look at a flag.</summary>
internal static class RequestMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "GameServers.Requests";

    private const double SecondsPerNs = 1e-9;

    private static readonly Meter s_meter = new(MeterName);

    private static readonly Histogram<double> s_duration = s_meter.CreateHistogram(
        "ipc.request.duration",
        "s",
        "From a request that was taken in to its outcome, by kind of request and outcome.",
        tags: null,
        DurationBuckets.Advice);

    /// <summary>Whether anybody wants to know: else the clock need not be read.</summary>
    public static bool IsTimed => s_duration.Enabled;

    /// <summary>A request has ended.</summary>
    /// <param name="request">The kind of request.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="durationNs">How long it took, in nanoseconds.</param>
    public static void Ended(string request, OutcomeKind outcome, long durationNs)
    {
        s_duration.Record(
            durationNs * SecondsPerNs, new KeyValuePair<string, object?>("request", request), new KeyValuePair<string, object?>("outcome", NameOf(outcome)));
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
