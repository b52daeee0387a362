using ChatClient.Load;

namespace ChatClient.Tests.Load;

public sealed class LatencyHistogramTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(20261121)]
    public void PercentileNs_AgainstTheSortedTimes_IsWithinAHundredth(int seed)
    {
        var random = new Random(seed);
        var histogram = new LatencyHistogram();
        var times = new List<long>();
        for (int i = 0; i < 20_000; i++)
        {
            // From nanoseconds to hours, as many of each size.
            times.Add((long)Math.Exp(random.NextDouble() * Math.Log(1e13)));
            histogram.Add(times[^1]);
        }

        times.Sort();
        foreach (double share in (double[])[0.001, 0.25, 0.5, 0.9, 0.99, 0.999, 1])
        {
            long exact = times[Math.Max(0, (int)Math.Ceiling(times.Count * share) - 1)];
            Assert.InRange(histogram.PercentileNs(share), exact, exact + (exact / 100) + 1);
        }

        Assert.Equal((times.Count, times[^1]), (histogram.Count, histogram.MaxNs));
    }

    [Fact]
    public void PercentileNs_SmallTimes_AreExact()
    {
        var histogram = new LatencyHistogram();
        for (int ns = 1; ns <= 200; ns++)
        {
            histogram.Add(ns);
        }

        Assert.Equal([1, 100, 198, 200], new[] { 0, 0.5, 0.99, 1 }.Select(histogram.PercentileNs));
    }

    [Fact]
    public void Add_Another_IsAsIfAllHadBeenCountedHere()
    {
        var one = new LatencyHistogram();
        var other = new LatencyHistogram();
        var both = new LatencyHistogram();
        for (int i = 1; i < 1000; i++)
        {
            (i % 3 == 0 ? one : other).Add(i * 1000L);
            both.Add(i * 1000L);
        }

        one.Add(other);
        Assert.Equal((both.Count, both.MaxNs, both.PercentileNs(0.5)), (one.Count, one.MaxNs, one.PercentileNs(0.5)));
    }

    [Fact]
    public void PercentileNs_Nothing_IsZero() => Assert.Equal(0, new LatencyHistogram().PercentileNs(0.99));
}
