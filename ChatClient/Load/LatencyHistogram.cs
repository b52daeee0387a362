using System.Numerics;

namespace ChatClient.Load;

/// <summary>
/// How long things took, from 1 ns to some hours, each within a hundred-and-twenty-eighth of itself: counts in buckets that grow with the time.
/// One thread adds at a time.
/// </summary>
public sealed class LatencyHistogram
{
    private const int StepBits = 7;
    private const int Steps = 1 << StepBits;

    private readonly long[] _buckets = new long[(64 - StepBits) * Steps];

    /// <summary>How many were counted.</summary>
    public long Count { get; private set; }

    /// <summary>The longest, in nanoseconds.</summary>
    public long MaxNs { get; private set; }

    /// <summary>Counts one.</summary>
    public void Add(long ns)
    {
        long value = Math.Max(1, ns);
        _buckets[IndexOf(value)]++;
        Count++;
        MaxNs = Math.Max(MaxNs, value);
    }

    /// <summary>Adds all of another.</summary>
    public void Add(LatencyHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (int i = 0; i < _buckets.Length; i++)
        {
            _buckets[i] += other._buckets[i];
        }

        Count += other.Count;
        MaxNs = Math.Max(MaxNs, other.MaxNs);
    }

    /// <summary>The time that a share of them did not exceed, in nanoseconds; 0 where there are none.</summary>
    /// <param name="share">From 0 to 1.</param>
    public long PercentileNs(double share)
    {
        if (Count == 0)
        {
            return 0;
        }

        long wanted = Math.Max(1, (long)Math.Ceiling(Count * share));
        long seen = 0;
        for (int i = 0; i < _buckets.Length; i++)
        {
            seen += _buckets[i];
            if (seen >= wanted)
            {
                return Math.Min(UpperEndOf(i), MaxNs);
            }
        }

        return MaxNs;
    }

    // Values below 128 have a bucket each; above, each power of two is cut into 128.
    private static int IndexOf(long value)
    {
        int shift = Math.Max(0, BitOperations.Log2((ulong)value) - StepBits);
        return (shift << StepBits) + (int)(value >> shift);
    }

    private static long UpperEndOf(int index)
    {
        int shift = Math.Max(0, (index >> StepBits) - 1);
        long step = index - ((long)shift << StepBits);
        return ((step + 1) << shift) - 1;
    }
}
