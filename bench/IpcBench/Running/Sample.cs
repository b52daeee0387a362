using IpcBench.Exchanging;
using Measuring;

namespace IpcBench.Running;

/// <summary>One measurement of one side. What was used is that of both processes together, and of a broker's, for one round trip.</summary>
/// <param name="RoundTrips">How many round trips were counted.</param>
/// <param name="PerSecond">Round trips a second.</param>
/// <param name="P50Us">The median of a round trip, in microseconds.</param>
/// <param name="P99Us">What 99 of 100 did not exceed, in microseconds.</param>
/// <param name="P999Us">What 999 of 1000 did not exceed, in microseconds.</param>
/// <param name="CpuUs">Processor time, of programs and of the kernel, in microseconds.</param>
/// <param name="Switches">Context switches.</param>
/// <param name="AllocatedBytes">Managed memory allocated, in bytes; 0 for C, and a broker's is not counted.</param>
/// <param name="Reached">How many were in flight at most; fewer than wanted where the mechanism holds no more.</param>
/// <param name="QuantilesUs">What the shares of <see cref="Quantiles"/> did not exceed, in microseconds.</param>
internal sealed record Sample(
    double RoundTrips,
    double PerSecond,
    double P50Us,
    double P99Us,
    double P999Us,
    double CpuUs,
    double Switches,
    double AllocatedBytes,
    double Reached,
    IReadOnlyList<double> QuantilesUs)
{
    /// <summary>From what was counted, and what all processes used.</summary>
    internal static Sample From(AskerFigures figures, ProcessUsage used)
    {
        if (figures.RoundTrips == 0)
        {
            throw new InvalidDataException("Nothing was answered in the time that is counted.");
        }

        double count = figures.RoundTrips;
        double[] quantilesUs = [.. figures.QuantilesNs.Select(ns => ns / 1e3)];
        return new Sample(
            count,
            count * 1e9 / figures.ElapsedNs,
            At(0.5),
            At(0.99),
            At(0.999),
            used.CpuNs / 1e3 / count,
            used.Switches / count,
            used.AllocatedBytes / count,
            figures.Reached,
            quantilesUs);

        double At(double share) => quantilesUs[Quantiles.IndexOf(share)];
    }

    /// <summary>The median of each figure by itself.</summary>
    internal static Sample MedianOf(IReadOnlyList<Sample> runs) => new(
        Medians.Of(runs, run => run.RoundTrips),
        Medians.Of(runs, run => run.PerSecond),
        Medians.Of(runs, run => run.P50Us),
        Medians.Of(runs, run => run.P99Us),
        Medians.Of(runs, run => run.P999Us),
        Medians.Of(runs, run => run.CpuUs),
        Medians.Of(runs, run => run.Switches),
        Medians.Of(runs, run => run.AllocatedBytes),
        Medians.Of(runs, run => run.Reached),
        [.. Quantiles.Shares.Select((_, index) => Medians.Of(runs, run => run.QuantilesUs[index]))]);
}
