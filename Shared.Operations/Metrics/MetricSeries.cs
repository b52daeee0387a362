namespace Shared.Operations.Metrics;

/// <summary>One line of a metric, or one distribution. Safe on every thread, without a lock.</summary>
/// <param name="bounds">The upper bounds of a distribution's buckets; null for a single value.</param>
internal sealed class MetricSeries(double[]? bounds)
{
    private readonly long[] _counts = bounds is null ? [] : new long[bounds.Length + 1];
    private double _value;

    /// <summary>The value; of a distribution the sum.</summary>
    public double Value => Volatile.Read(ref _value);

    /// <summary>How many measurements fell into each bucket, and at the end into none.</summary>
    public long[] Counts => [.. _counts.Select((_, index) => Volatile.Read(ref _counts[index]))];

    /// <summary>Sets the value.</summary>
    public void Set(double value) => Volatile.Write(ref _value, value);

    /// <summary>Adds to the value.</summary>
    public void Add(double value)
    {
        double before = Volatile.Read(ref _value);
        while (true)
        {
            double seen = Interlocked.CompareExchange(ref _value, before + value, before);
            if (seen.Equals(before))
            {
                return;
            }

            before = seen;
        }
    }

    /// <summary>Adds what was counted elsewhere to the distribution.</summary>
    /// <param name="counts">How many fell into each bucket; there are as many buckets as here.</param>
    /// <param name="sum">All of them together.</param>
    public void Load(ReadOnlySpan<long> counts, double sum)
    {
        for (int i = 0; i < counts.Length; i++)
        {
            Interlocked.Add(ref _counts[i], counts[i]);
        }

        Add(sum);
    }

    /// <summary>Adds a measurement to the distribution.</summary>
    public void Observe(double value)
    {
        int index = 0;
        while (index < bounds!.Length && value > bounds[index])
        {
            index++;
        }

        Interlocked.Increment(ref _counts[index]);
        Add(value);
    }
}
