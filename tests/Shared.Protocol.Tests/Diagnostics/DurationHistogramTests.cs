using System.Diagnostics.Metrics;
using Shared.Protocol.Diagnostics;

namespace Shared.Protocol.Tests.Diagnostics;

public sealed class DurationHistogramTests : IDisposable
{
    private const int NsPerUs = 1000;

    private readonly Meter _meter = new("test");

    [Fact]
    public void Record_AtAndBesideEachBound_FallsIntoItsBucket()
    {
        DurationSeries series = new DurationHistogram(_meter, "test.duration", "A test.").Add();
        double[] bounds = [.. DurationBuckets.Advice.HistogramBucketBoundaries!];
        foreach (double bound in bounds)
        {
            long ns = (long)Math.Round(bound * 1e9);
            series.Record(ns - 1);
            series.Record(ns);
            series.Record(ns + 1);
        }

        // Up to and with the bound; and what lies one above the one before.
        Assert.Equal([2, .. Enumerable.Repeat(3L, bounds.Length - 1), 1], series.ReadCounts());
        Assert.Equal(3 * bounds.Sum(), series.SumSeconds, 1e-6);
    }

    [Fact]
    public async Task Record_FromManyThreads_LosesNothing()
    {
        const int Threads = 8;
        const int Each = 100_000;
        DurationSeries series = new DurationHistogram(_meter, "test.duration", "A test.").Add();
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (int i = 0; i < Each; i++)
            {
                series.Record((thread % 2 == 0 ? 10 : 70) * NsPerUs);
            }
        })));
        long[] counts = series.ReadCounts();
        Assert.Equal([Threads * Each / 2, Threads * Each / 2], counts[..2]);
        Assert.Equal(Threads * Each, counts.Sum());
        Assert.Equal(Threads * Each * 40e-6, series.SumSeconds, 1e-9);
    }

    [Fact]
    public void IsEnabled_WithAReaderOrAListener_IsTrue()
    {
        var histogram = new DurationHistogram(_meter, "test.duration", "A test.");
        Assert.False(histogram.IsEnabled);
        DurationSeries series = histogram.Add(new KeyValuePair<string, object?>("command", "find"));
        List<(double Value, string Command)> measured = [];
        using (var listener = new MeterListener())
        {
            listener.InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter == _meter)
                {
                    Assert.Same(histogram, DurationHistogram.Of(instrument));
                    self.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<double>((_, value, tags, _) => measured.Add((value, (string)tags[0].Value!)));
            listener.Start();
            Assert.True(histogram.IsEnabled);
            series.Record(50 * NsPerUs);
        }

        Assert.False(histogram.IsEnabled);
        series.Record(50 * NsPerUs);
        Assert.Equal([(0.00005, "find")], measured);
        histogram.BeginReading();
        Assert.True(histogram.IsEnabled);
        Assert.Equal(2, series.ReadCounts().Sum());
    }

    [Fact]
    public void Of_OtherInstruments_IsNull()
    {
        _ = new DurationHistogram(_meter, "test.duration", "A test.");
        using var other = new Meter("test");
        Assert.Null(DurationHistogram.Of(_meter.CreateHistogram<double>("test.size")));
        Assert.Null(DurationHistogram.Of(other.CreateHistogram<double>("test.duration")));
    }

    public void Dispose()
    {
        _meter.Dispose();
        GC.SuppressFinalize(this);
    }
}
