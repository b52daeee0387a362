namespace IpcBench.Exchanging;

/// <summary>The shares of round trips of which times are told, here and by the C program.</summary>
internal static class Quantiles
{
    /// <summary>They rise from 0, the shortest, to 1, the longest.</summary>
    internal static IReadOnlyList<double> Shares { get; } = [0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9995, 0.9999, 1];

    /// <summary>Where a share stands among them.</summary>
    internal static int IndexOf(double share) => Shares.Index().First(item => item.Item == share).Index;
}
