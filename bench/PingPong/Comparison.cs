using Measuring;

namespace PingPong;

/// <summary>All rounds of one window: the library's, and the C program's where there is a compiler.</summary>
/// <param name="Window">How many requests were in flight.</param>
/// <param name="Library">One measurement a round.</param>
/// <param name="C">One measurement a round, taken right before the library's; empty without a compiler.</param>
public sealed record Comparison(int Window, IReadOnlyList<Measurement> Library, IReadOnlyList<Measurement> C)
{
    /// <summary>The median of the library's rounds over that of the C program's, of the median round trip; null without a compiler.</summary>
    public double? TimeRatio => C.Count == 0 ? null : Medians.Of(Library, m => m.P50Us) / Medians.Of(C, m => m.P50Us);

    /// <summary>The same of the round trips a second: above 1, the library makes more.</summary>
    public double? RateRatio => C.Count == 0 ? null : Medians.Of(Library, m => m.PerSecond) / Medians.Of(C, m => m.PerSecond);

    /// <summary>The time ratio of each round by itself, from the smallest to the largest.</summary>
    public IReadOnlyList<double> RoundTimeRatios => [.. Library.Zip(C, (library, c) => library.P50Us / c.P50Us).Order()];
}
