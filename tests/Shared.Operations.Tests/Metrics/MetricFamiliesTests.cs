using System.Diagnostics.Metrics;
using Shared.Operations.Metrics;
using Shared.Protocol.Diagnostics;
using Testing.Support.Tools;

namespace Shared.Operations.Tests.Metrics;

public sealed class MetricFamiliesTests : IDisposable
{
    private const int MaxSeries = 10;

    private readonly Meter _meter = new("Test." + Guid.NewGuid());
    private readonly MetricFamilies _families;

    public MetricFamiliesTests()
    {
        _families = new MetricFamilies(MaxSeries, meter => meter == _meter);
        _families.Start();
    }

    public void Dispose()
    {
        _families.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public async Task Write_Counter_AddsUpByLabels()
    {
        Counter<long> lines = _meter.CreateCounter<long>("lines", "{line}", "Lines,\nby \\outcome.");
        lines.Add(2, new KeyValuePair<string, object?>("outcome", "ok"));
        lines.Add(3, new KeyValuePair<string, object?>("outcome", "ok"));
        lines.Add(1, new KeyValuePair<string, object?>("outcome", "busy"));

        Assert.Equal(
            """
            # HELP lines_total Lines,\nby \\outcome.
            # TYPE lines_total counter
            lines_total{outcome="busy"} 1
            lines_total{outcome="ok"} 5

            """,
            await WriteAsync());
    }

    [Fact]
    public async Task Write_DurationsCountedElsewhere_AreAsIfTheyHadBeenMeasured()
    {
        var counted = new DurationHistogram(_meter, "counted", "Durations.");
        Histogram<double> measured = _meter.CreateHistogram("measured", "s", "Durations.", tags: null, DurationBuckets.Advice);
        Assert.True(counted.IsEnabled);
        KeyValuePair<string, object?> find = new("command", "find");
        DurationSeries[] series = [counted.Add(find), counted.Add(find), counted.Add(new KeyValuePair<string, object?>("command", "say"))];
        for (int i = 0; i < 100; i++)
        {
            // Powers of two are exact in both.
            long ns = 1_000_000_000L << (i % 5);
            series[i % 2].Record(ns);
            measured.Record(ns / 1e9, find);
        }

        _ = await WriteAsync();
        string[] lines = (await WriteAsync()).Split('\n');
        string[] expected = [.. lines.Where(line => line.StartsWith("measured_seconds", StringComparison.Ordinal))];
        Assert.Equal(DurationBuckets.Advice.HistogramBucketBoundaries!.Count + 3, expected.Length);
        Assert.Equal(expected, lines.Where(line => line.StartsWith("counted_seconds", StringComparison.Ordinal)).Select(line => "measured" + line["counted".Length..]));
    }

    [Fact]
    public async Task Write_UpDownCounterAndGauge_GoBothWays()
    {
        UpDownCounter<int> players = _meter.CreateUpDownCounter<int>("players", null, "Players.");
        Gauge<double> load = _meter.CreateGauge<double>("load", null, "Load.");
        players.Add(5);
        players.Add(-2);
        load.Record(2.5);
        load.Record(0.5);

        string text = await WriteAsync();

        Assert.Contains("# TYPE players gauge\nplayers 3\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE load gauge\nload 0.5\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_Histogram_HasCumulativeBucketsSumAndCount()
    {
        Histogram<double> duration = _meter.CreateHistogram(
            "duration", "s", "Durations.", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        foreach (double value in (double[])[0.05, 0.1, 0.5, 7])
        {
            duration.Record(value, new KeyValuePair<string, object?>("kind", "a"));
        }

        Assert.Equal(
            """
            # HELP duration_seconds Durations.
            # TYPE duration_seconds histogram
            duration_seconds_bucket{kind="a",le="0.1"} 2
            duration_seconds_bucket{kind="a",le="1"} 3
            duration_seconds_bucket{kind="a",le="+Inf"} 4
            duration_seconds_sum{kind="a"} 7.65
            duration_seconds_count{kind="a"} 4

            """,
            await WriteAsync());
    }

    [Fact]
    public async Task Write_ObservedSeriesThatIsGone_IsNotWrittenAgain()
    {
        List<Measurement<long>> measurements = [new(7, new KeyValuePair<string, object?>("queue", "a")), new(8, new KeyValuePair<string, object?>("queue", "b"))];
        _ = _meter.CreateObservableCounter("seen", () => measurements.ToArray(), null, "Seen.");
        Assert.Contains("seen_total{queue=\"a\"} 7\nseen_total{queue=\"b\"} 8\n", await WriteAsync(), StringComparison.Ordinal);
        measurements.RemoveAt(0);

        string text = await WriteAsync();

        // Also: the whole is told each time, and not added up.
        Assert.DoesNotContain("queue=\"a\"", text, StringComparison.Ordinal);
        Assert.Contains("seen_total{queue=\"b\"} 8\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_OneThatThrows_CostsOnlyItself()
    {
        Func<int> fail = () => throw new InvalidOperationException("no");
        _ = _meter.CreateObservableGauge("bad", fail, null, "Bad.");
        _ = _meter.CreateObservableGauge("good", () => 1, null, "Good.");

        Assert.Contains("good 1\n", await WriteAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_MoreSeriesThanAllowed_AreCountedTogether()
    {
        Counter<int> names = _meter.CreateCounter<int>("names", null, "Names.");
        for (int i = 0; i < 100; i++)
        {
            names.Add(1, new KeyValuePair<string, object?>("name", i));
        }

        string[] series = [.. (await WriteAsync()).Split('\n').Where(line => line.StartsWith("names_total{", StringComparison.Ordinal))];

        Assert.Equal(MaxSeries + 1, series.Length);
        Assert.Contains("names_total{overflow=\"true\"} 90", series);
    }

    [Fact]
    public async Task Record_SameTagsInAnotherOrder_AreOneSeries()
    {
        Counter<int> calls = _meter.CreateCounter<int>("calls", null, "Calls.");
        calls.Add(1, new("a", 1), new("b", 2));
        calls.Add(1, new("b", 2), new("a", 1));

        Assert.Contains("calls_total{a=\"1\",b=\"2\"} 2\n", await WriteAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_TwoInstrumentsOfOneName_AreOneMetric()
    {
        using Meter second = new(_meter.Name);
        using MetricFamilies families = new(MaxSeries, meter => meter.Name == _meter.Name);
        families.Start();
        _meter.CreateCounter<int>("twice", null, "Twice.").Add(1);
        second.CreateCounter<int>("twice", null, "Twice.").Add(2);

        Assert.Equal("# HELP twice_total Twice.\n# TYPE twice_total counter\ntwice_total 3\n", await families.WriteAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Record_ManyThreads_LoseNothing()
    {
        Counter<double> sum = _meter.CreateCounter<double>("sum", null, "Sum.");
        Histogram<long> sizes = _meter.CreateHistogram<long>("sizes", null, "Sizes.");
        Parallel.For(0, 8, _ =>
        {
            for (int i = 0; i < 10_000; i++)
            {
                sum.Add(1);
                sizes.Record(6);
            }
        });

        string text = await WriteAsync();

        Assert.Contains("\nsum_total 80000\n", text, StringComparison.Ordinal);
        Assert.Contains("sizes_bucket{le=\"10\"} 80000\n", text, StringComparison.Ordinal);
        Assert.Contains("sizes_sum 480000\nsizes_count 80000\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Record_KnownSeries_AllocatesNothing()
    {
        Counter<long> lines = _meter.CreateCounter<long>("cheap");
        Histogram<double> duration = _meter.CreateHistogram<double>("cheap.duration");
        KeyValuePair<string, object?> outcome = new("outcome", "ok");
        KeyValuePair<string, object?> request = new("request", "command");
        Measure();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Measure();

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Measure()
        {
            for (int i = 0; i < 100; i++)
            {
                lines.Add(1, outcome, request);
                duration.Record(0.5, outcome, request);
            }
        }
    }

    [RequiresPromtoolFact]
    public async Task Write_EveryKindWithNastyLabels_PleasesPromtool()
    {
        _meter.CreateCounter<long>("a.thing.of", "{thing}", "A \\ with a\nbreak.").Add(1, new KeyValuePair<string, object?>("z", "a\\b\"c\nd찾기"));
        _meter.CreateHistogram<double>("took", "s", "Took.").Record(0.25, new KeyValuePair<string, object?>("x.y", "1"));
        _meter.CreateGauge<double>("high", "By", "High.").Record(double.PositiveInfinity);
        _meter.CreateGauge<double>("low", "By", "Low.").Record(double.NaN);
        _ = _meter.CreateCounter<int>("never", null, "Without a series.");

        (int exitCode, string output) = await Promtool.CheckMetricsAsync(await WriteAsync());

        Assert.True(exitCode == 0, output);
    }

    private Task<string> WriteAsync() => _families.WriteAsync(CancellationToken.None);
}
