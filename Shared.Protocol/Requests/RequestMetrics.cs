using System.Diagnostics.Metrics;
using Shared.Protocol.Diagnostics;

namespace Shared.Protocol.Requests;

/// <summary>How long requests took, and how many left together, on the meter <see cref="MeterName"/>. While nobody listens it costs the look at a flag.</summary>
internal static class RequestMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "GameServers.Requests";

    private const int MaxRequests = 100;

    private static readonly Meter s_meter = new(MeterName);

    private static readonly DurationHistogram s_duration = new(
        s_meter, "ipc.request.duration", "From a request that was taken in to its outcome, by kind of request and outcome.");

    private static readonly Histogram<int> s_sentBatches = s_meter.CreateHistogram(
        "ipc.requests.batch.size", "{request}", "Requests in a frame with several that was sent; one that leaves alone is not among them.", tags: null, BatchBuckets.Advice);

    private static readonly LabelTable<DurationSeries?[]> s_series = new(MaxRequests, static _ => new DurationSeries?[(int)OutcomeKind.Unknown + 1]);

    /// <summary>Has the instruments made: they are to be seen before anything was measured, and where requests are asked alone.</summary>
    public static void Publish() => _ = s_sentBatches.Enabled;

    /// <summary>Whether anybody wants to know: else the clock need not be read.</summary>
    public static bool IsTimed => s_duration.IsEnabled;

    /// <summary>A request has ended.</summary>
    /// <param name="request">The kind of request.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="durationNs">How long it took, in nanoseconds.</param>
    public static void Ended(string request, OutcomeKind outcome, long durationNs)
    {
        ref DurationSeries? series = ref s_series.Of(request)[(int)outcome];
        (series ??= Add(request, outcome)).Record(durationNs);
    }

    /// <summary>A frame with several requests was sent.</summary>
    public static void SentBatch(int requests) => s_sentBatches.Record(requests);

    /// <summary>The outcome as a label.</summary>
    public static string NameOf(OutcomeKind outcome) => outcome switch
    {
        OutcomeKind.Ok => "ok",
        OutcomeKind.Error => "error",
        OutcomeKind.Busy => "busy",
        _ => "unknown",
    };

    // Two threads that come at once may add it twice; both are shown as one.
    private static DurationSeries Add(string request, OutcomeKind outcome) => s_duration.Add(new("request", request), new("outcome", NameOf(outcome)));
}
