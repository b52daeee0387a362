namespace Gsctl.Live;

/// <summary>How many measurements fell between which bounds; what several daemons measured is added up.</summary>
/// <param name="bounds">The upper bounds, in order.</param>
internal sealed class Distribution(IReadOnlyList<double> bounds)
{
    private readonly double[] _counts = new double[bounds.Count + 1];

    /// <summary>How many there are.</summary>
    public double Count => _counts.Sum();

    /// <summary>Whether measurements of these bounds can be added.</summary>
    public bool Has(IReadOnlyList<double> others) => bounds.SequenceEqual(others);

    /// <summary>Adds some.</summary>
    public void Add(IReadOnlyList<long> after, IReadOnlyList<long>? before)
    {
        for (int i = 0; i < _counts.Length && i < after.Count; i++)
        {
            _counts[i] += Math.Max(0, after[i] - (before is not null && i < before.Count ? before[i] : 0));
        }
    }

    /// <summary>What a part of them took at most, as if those within a bucket lay evenly; null where there are none.</summary>
    /// <param name="part">The part, from 0 to 1.</param>
    /// <param name="isAtLeast">Whether it lies beyond the last bound, which is given then.</param>
    public double? Quantile(double part, out bool isAtLeast)
    {
        isAtLeast = false;
        double wanted = part * Count;
        if (wanted <= 0)
        {
            return null;
        }

        double below = 0;
        for (int i = 0; i < bounds.Count; i++)
        {
            if (below + _counts[i] >= wanted)
            {
                double from = i == 0 ? 0 : bounds[i - 1];
                return from + ((bounds[i] - from) * (wanted - below) / _counts[i]);
            }

            below += _counts[i];
        }

        isAtLeast = true;
        return bounds.Count == 0 ? null : bounds[^1];
    }
}
