namespace ChatClient.Load.Page;

/// <summary>How long something took.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Count">How often it was measured.</param>
/// <param name="Shares">Shares of them, from 0 up; only those that so many measurements can tell.</param>
/// <param name="QuantilesUs">The time that each share did not exceed, in microseconds.</param>
internal sealed record LoadDistribution(string Name, long Count, IReadOnlyList<double> Shares, IReadOnlyList<double> QuantilesUs)
{
    private static readonly double[] s_shares = [0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9995, 0.9999, 0.99999];

    /// <summary>Of a histogram.</summary>
    public static LoadDistribution Of(string name, LatencyHistogram times)
    {
        // What 99.9 % did not exceed is told by a thousand of them, and by no fewer.
        double[] shares = [.. s_shares.Where(share => times.Count * (1 - share) >= 0.999)];
        return new LoadDistribution(name, times.Count, shares, [.. shares.Select(share => times.PercentileNs(share) / 1e3)]);
    }
}
