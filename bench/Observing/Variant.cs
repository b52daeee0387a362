namespace Observing;

/// <summary>A way of being watched.</summary>
/// <param name="Name">What it is called in the report.</param>
/// <param name="IsScraped">Whether <c>/metrics</c> of both daemons is asked for each second.</param>
/// <param name="Options">The options of both daemons.</param>
internal sealed record Variant(string Name, bool IsScraped, params IReadOnlyList<string> Options)
{
    /// <summary>All of them; the first is what the others are compared with.</summary>
    /// <param name="collector">Where spans go.</param>
    public static IReadOnlyList<Variant> All(string collector) =>
    [
        new("off", false, "--Ops:Listen=off", "--Ops:AdminSocket=off"),
        new("metrics", true),
        new("metrics, spans 0", true, $"--Ops:OtlpEndpoint={collector}", "--Ops:OtlpMetrics=false", "--Ops:TraceRatio=0"),
        new("metrics, spans 0.01", true, $"--Ops:OtlpEndpoint={collector}", "--Ops:OtlpMetrics=false", "--Ops:TraceRatio=0.01"),
        new("metrics, spans 1", true, $"--Ops:OtlpEndpoint={collector}", "--Ops:OtlpMetrics=false", "--Ops:TraceRatio=1"),
    ];
}
