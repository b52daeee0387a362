using Faults.Checker.History;

namespace Faults.Checker.Rules;

/// <summary>After the warm-up no resource grows: the median of a run's last third is not above that of its first by more than is allowed.</summary>
public sealed class NoUpwardSlope : IInvariant
{
    // The first tenth is warm-up: tables and pools take their sizes then.
    private const int WarmUpPart = 10;
    private const int FewestSamples = 30;

    // A thread or a descriptor more or less is no growth; nor is, for memory, what pools and tables take until each has met its largest load:
    // a heap of 2 MiB may well become one of 4.
    private const double AllowedUnits = 3;
    private const double AllowedKibibytes = 4096;
    private const string MemorySuffix = "KiB";

    private readonly Dictionary<string, List<double>> _samples = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => "7 no upward slope";

    /// <inheritdoc/>
    public void OnOther(HistoryRecord record, CheckContext context)
    {
        if (record is not GrowthSampled sample)
        {
            return;
        }

        if (!_samples.TryGetValue(sample.What, out List<double>? samples))
        {
            samples = [];
            _samples.Add(sample.What, samples);
        }

        samples.Add(sample.Value);
    }

    /// <inheritdoc/>
    public void OnFinished(long endNs, CheckContext context)
    {
        foreach ((string what, List<double> all) in _samples)
        {
            List<double> samples = all[(all.Count / WarmUpPart)..];
            if (samples.Count < FewestSamples)
            {
                continue;
            }

            int third = samples.Count / 3;
            double first = Median(samples[..third]);
            double last = Median(samples[^third..]);
            double allowed = what.EndsWith(MemorySuffix, StringComparison.Ordinal) ? AllowedKibibytes : AllowedUnits;
            if (last > (first * (1 + context.Options.AllowedGrowth)) + allowed)
            {
                context.Report(this, endNs, $"{what} grew from {first:0.#} to {last:0.#}, over {all.Count} samples.");
            }
        }
    }

    private static double Median(List<double> samples)
    {
        samples.Sort();
        return samples[samples.Count / 2];
    }
}
