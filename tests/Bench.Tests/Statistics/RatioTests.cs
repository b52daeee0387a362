using IpcBench.Exchanging;
using IpcBench.Reporting;
using IpcBench.Running;
using Measuring;

namespace Bench.Tests.Statistics;

public sealed class RatioTests
{
    [Fact]
    public void Of_ThreeRuns_ComparesEachWithItsNeighbour()
    {
        // By run 2, 3 and 10: the run that something disturbed does not move the median; the ratio of the medians would be 30 / 10.
        Ratio ratio = Ratio.Of([Run(20), Run(30), Run(100)], [Run(10), Run(10), Run(10)])!;
        Assert.Equal((3, 2, 10), (ratio.Time, ratio.TimeMin, ratio.TimeMax));
        Assert.Equal(1 / 3.0, ratio.Rate, precision: 10);
    }

    [Fact]
    public void Of_NothingToCompareWith_IsNull() => Assert.Null(Ratio.Of([Run(1)], null));

    [Theory]
    [InlineData(new double[] { 5, 1, 3 }, 3)]
    [InlineData(new double[] { 4, 1, 3, 2 }, 2.5)]
    [InlineData(new double[] { 7 }, 7)]
    public void Median_OfRuns_IsTheMiddle(double[] runs, double expected) => Assert.Equal(expected, Medians.Of(runs, run => run));

    [Fact]
    public void Median_OfNothing_IsNoNumber() => Assert.True(double.IsNaN(Medians.Of(Array.Empty<double>(), run => run)));

    [Fact]
    public void From_FiguresOfBothProcesses_AreByRoundTrip()
    {
        long[] quantiles = [.. Quantiles.Shares.Select((_, index) => (long)index * 1000)];
        var figures = new AskerFigures(RoundTrips: 200, ElapsedNs: 500_000_000, Reached: 7, new ProcessUsage(0, 0, 0), quantiles);
        Sample sample = Sample.From(figures, new ProcessUsage(AllocatedBytes: 4000, Switches: 600, CpuNs: 1_000_000));
        Assert.Equal((200, 400, 5, 3, 20, 7), (sample.RoundTrips, sample.PerSecond, sample.CpuUs, sample.Switches, sample.AllocatedBytes, sample.Reached));
        Assert.Equal((Quantiles.IndexOf(0.5), Quantiles.IndexOf(0.99), Quantiles.IndexOf(0.999)), (sample.P50Us, sample.P99Us, sample.P999Us));
    }

    [Fact]
    public void MedianOf_ThreeRuns_TakesEachFigureByItself()
    {
        Sample median = Sample.MedianOf([Run(3) with { CpuUs = 1 }, Run(1) with { CpuUs = 9 }, Run(2) with { CpuUs = 5 }]);
        Assert.Equal((2, 5, 2), (median.P50Us, median.CpuUs, median.QuantilesUs[0]));
    }

    private static Sample Run(double us) => new(
        1000, 1e6 / us, us, us, us, us, 2, 0, 1, [.. Quantiles.Shares.Select(_ => us)]);
}
