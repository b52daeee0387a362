using IpcBench.Running;
using Measuring;

namespace IpcBench.Reporting;

/// <summary>One side over another of the same mechanism and load. Each run is compared by itself, with what was measured right beside it.</summary>
/// <param name="Time">The median over runs of the ratio of median round trips: above 1, this side takes longer.</param>
/// <param name="TimeMin">The smallest of a run.</param>
/// <param name="TimeMax">The largest of a run.</param>
/// <param name="Rate">The median over runs of the ratio of round trips a second: above 1, this side makes more.</param>
internal sealed record Ratio(double Time, double TimeMin, double TimeMax, double Rate)
{
    /// <summary>Compares run by run; null where there is nothing to compare with.</summary>
    internal static Ratio? Of(IReadOnlyList<Sample> runs, IReadOnlyList<Sample>? others)
    {
        if (others is null || others.Count == 0 || runs.Count == 0)
        {
            return null;
        }

        // A step of the histogram at least: a time may be below the first.
        const double StepUs = 0.01;
        double[] times = [.. runs.Zip(others, (run, other) => Math.Max(run.P50Us, StepUs) / Math.Max(other.P50Us, StepUs)).Order()];
        double[] rates = [.. runs.Zip(others, (run, other) => run.PerSecond / other.PerSecond).Order()];
        return new Ratio(Medians.Middle(times), times[0], times[^1], Medians.Middle(rates));
    }
}
