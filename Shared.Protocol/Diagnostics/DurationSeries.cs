using System.Diagnostics;

namespace Shared.Protocol.Diagnostics;

/// <summary>The durations of one series of a <see cref="DurationHistogram"/>, counted in buckets. For any thread: none is lost, and none is counted twice.</summary>
public sealed class DurationSeries
{
    private static readonly double s_nsPerTick = 1e9 / Stopwatch.Frequency;

    private readonly DurationHistogram _owner;
    private readonly KeyValuePair<string, object?>[] _tags;
    private readonly long[] _boundsNs;
    private readonly long[] _counts;
    private long _sumNs;

    internal DurationSeries(DurationHistogram owner, KeyValuePair<string, object?>[] tags, long[] boundsNs)
    {
        _owner = owner;
        _tags = tags;
        _boundsNs = boundsNs;
        _counts = new long[boundsNs.Length + 1];
    }

    /// <summary>Its tags.</summary>
    public ReadOnlySpan<KeyValuePair<string, object?>> Tags => _tags;

    /// <summary>All durations together, in seconds.</summary>
    public double SumSeconds => Volatile.Read(ref _sumNs) * 1e-9;

    /// <summary>Counts a duration.</summary>
    /// <param name="durationNs">How long it was, in nanoseconds.</param>
    public void Record(long durationNs)
    {
        int bucket = 0;
        while (bucket < _boundsNs.Length && durationNs > _boundsNs[bucket])
        {
            bucket++;
        }

        Interlocked.Increment(ref _counts[bucket]);
        Interlocked.Add(ref _sumNs, durationNs);
        _owner.PassOn(durationNs, _tags);
    }

    /// <summary>Counts the time since a moment.</summary>
    /// <param name="beganAt">That moment, from <see cref="Stopwatch.GetTimestamp"/>.</param>
    public void RecordSince(long beganAt) => Record((long)((Stopwatch.GetTimestamp() - beganAt) * s_nsPerTick));

    /// <summary>How many fell into each bucket, and at the end above them all.</summary>
    public long[] ReadCounts()
    {
        long[] counts = new long[_counts.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = Volatile.Read(ref _counts[i]);
        }

        return counts;
    }
}
