namespace PingPong;

/// <summary>How long round trips took, in steps of 10 ns up to 10 ms. The same as the C program's.</summary>
internal sealed class Histogram
{
    private const int BucketNs = 10;
    private readonly int[] _buckets = new int[1 << 20];

    /// <summary>How many were counted.</summary>
    internal long Count { get; private set; }

    /// <summary>Counts one.</summary>
    internal void Add(long ns)
    {
        _buckets[(int)Math.Min((ulong)ns / BucketNs, (ulong)_buckets.Length - 1)]++;
        Count++;
    }

    /// <summary>Forgets all.</summary>
    internal void Clear()
    {
        Array.Clear(_buckets);
        Count = 0;
    }

    /// <summary>The time that a share of them did not exceed, in nanoseconds.</summary>
    internal long Percentile(double share)
    {
        long wanted = (long)(Count * share);
        long seen = 0;
        for (int i = 0; i < _buckets.Length; i++)
        {
            seen += _buckets[i];
            if (seen > wanted)
            {
                return (long)i * BucketNs;
            }
        }

        return (long)_buckets.Length * BucketNs;
    }
}
