using Measuring;

namespace Bench.Tests.Statistics;

public sealed class HistogramTests
{
    [Fact]
    public void Percentiles_OneToAThousandMicroseconds_AreTheirRanks()
    {
        var histogram = new Histogram();
        foreach (int us in Enumerable.Range(1, 1000).Reverse())
        {
            histogram.Add(us * 1000L);
        }

        Assert.Equal([1_000, 501_000, 991_000, 1_000_000, 1_000_000], histogram.Percentiles([0, 0.5, 0.99, 0.999, 1]));
        Assert.Equal(1000, histogram.Count);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(9, 0)]
    [InlineData(10, 10)]
    [InlineData(10_485_759, 10_485_750)]
    [InlineData(10_485_760, 10_480_000)]
    [InlineData(1_234_567_890, 1_234_560_000)]
    [InlineData(60_000_000_000, 10_485_750_000)]
    public void Percentile_OneTime_IsRoundedDownToItsStep(long ns, long expectedNs)
    {
        var histogram = new Histogram();
        histogram.Add(ns);
        Assert.Equal(expectedNs, histogram.Percentile(0.5));
    }

    [Fact]
    public void Clear_AfterTimesOfBothSteps_ForgetsAll()
    {
        var histogram = new Histogram();
        histogram.Add(1_000);
        histogram.Add(1_000_000_000);
        histogram.Clear();
        Assert.Equal((0, 0), (histogram.Count, histogram.Percentile(1)));
        histogram.Add(70);
        Assert.Equal(70, histogram.Percentile(1));
    }
}
