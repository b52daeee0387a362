namespace WholePath.Players;

/// <summary>What a C program measured of its round trips.</summary>
/// <param name="P50Us">Half of them took at most so long, in microseconds.</param>
/// <param name="P99Us">All but a hundredth, in microseconds.</param>
/// <param name="PerSecond">Round trips a second.</param>
/// <param name="Switches">Context switches of its own processes for each.</param>
/// <param name="All">How many there were, with those of the warm-up.</param>
internal sealed record RoundTrips(double P50Us, double P99Us, double PerSecond, double Switches, long All)
{
    /// <summary>From what it printed: count, elapsed ns, p50 ns, p99 ns, and the switches of both processes.</summary>
    internal static RoundTrips FromC(IReadOnlyList<long> numbers, long all) => new(
        numbers[2] / 1e3, numbers[3] / 1e3, numbers[0] * 1e9 / numbers[1], (numbers[4] + numbers[5]) / (double)Math.Max(1, numbers[0]), all);
}
