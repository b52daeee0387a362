namespace Measuring;

/// <summary>
/// How long round trips took: in steps of 10 ns up to 10.4 ms, in steps of 10 µs up to 10.4 s, and all that is longer in the last step. One writer; whoever
/// reads waits until it has ended.
/// </summary>
public sealed class Histogram
{
    private const int Buckets = 1 << 20;
    private const int FineNs = 10;
    private const int CoarseNs = 10_000;
    private const long FineLimitNs = (long)Buckets * FineNs;

    private readonly int[] _fine = new int[Buckets];
    private readonly int[] _coarse = new int[Buckets];

    /// <summary>How many were counted.</summary>
    public long Count { get; private set; }

    /// <summary>Counts one.</summary>
    /// <param name="ns">How long it took, in nanoseconds; what is below 0 counts as the longest.</param>
    public void Add(long ns)
    {
        if ((ulong)ns < FineLimitNs)
        {
            _fine[(int)(ns / FineNs)]++;
        }
        else
        {
            _coarse[(int)Math.Min((ulong)ns / CoarseNs, Buckets - 1)]++;
        }

        Count++;
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        Array.Clear(_fine);
        Array.Clear(_coarse);
        Count = 0;
    }

    /// <summary>The time that a share of them did not exceed, in nanoseconds, rounded down to the step; 0 where none was counted.</summary>
    /// <param name="share">From 0 to 1.</param>
    public long Percentile(double share) => Percentiles([share])[0];

    /// <summary>The same for several shares, which rise.</summary>
    public long[] Percentiles(IReadOnlyList<double> shares)
    {
        long[] times = new long[shares.Count];
        int next = 0;
        long seen = 0;
        Walk(_fine, FineNs);
        Walk(_coarse, CoarseNs);
        return times;

        void Walk(int[] buckets, long stepNs)
        {
            for (int i = 0; i < buckets.Length && next < times.Length && Count > 0; i++)
            {
                seen += buckets[i];
                while (next < times.Length && seen > Math.Min((long)(Count * shares[next]), Count - 1))
                {
                    times[next++] = i * stepNs;
                }
            }
        }
    }
}
