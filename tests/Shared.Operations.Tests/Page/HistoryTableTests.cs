using System.Diagnostics.Metrics;
using Shared.Operations.Metrics;
using Shared.Operations.Page.History;

namespace Shared.Operations.Tests.Page;

public sealed class HistoryTableTests : IDisposable
{
    private readonly Meter _meter = new("GameServers.HistoryTableTests");
    private readonly MetricFamilies _families;

    public HistoryTableTests()
    {
        _families = new MetricFamilies(maxSeries: 100, meter => meter == _meter);
        _families.Start();
    }

    public void Dispose()
    {
        _families.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public async Task Add_CounterByALabel_HasAColumnForEachValueAndNoneBeforeItIsThere()
    {
        HistoryTable table = new([new HistoryMetric("lines_total", By: "outcome")], capacity: 4, maxColumns: 8);
        Counter<long> lines = _meter.CreateCounter<long>("lines");
        await LookAsync(table, 1000);
        lines.Add(3, new("outcome", "ok"), new("command", "find"));
        lines.Add(4, new("outcome", "ok"), new("command", "say"));
        await LookAsync(table, 2000);
        lines.Add(1, new KeyValuePair<string, object?>("outcome", "busy"));
        await LookAsync(table, 3000);

        HistoryView view = table.Read(after: 0);
        Assert.Equal(["lines_total{outcome=\"ok\"}", "lines_total{outcome=\"busy\"}"], view.Columns);
        Assert.Equal(1, view.First);
        Assert.Equal([1000, 2000, 3000], view.Rows.Select(row => row.TimeMs));
        Assert.Equal<double[]>([[], [7], [7, 1]], view.Rows.Select(row => row.Values));
    }

    [Fact]
    public async Task Add_Distribution_HasItsBucketsOfTheSeriesThatCount()
    {
        HistoryTable table = new([new HistoryMetric("duration_seconds", Only: "request=\"command\"")], capacity: 4, maxColumns: 8);
        Histogram<double> duration = _meter.CreateHistogram(
            "duration", "s", null, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.00005, 1] });
        duration.Record(0.00001, new("request", "command"), new("outcome", "ok"));
        duration.Record(0.5, new("request", "command"), new("outcome", "error"));
        duration.Record(0.5, new("request", "log_in"), new("outcome", "ok"));
        await LookAsync(table, 1000);

        HistoryView view = table.Read(after: 0);
        Assert.Equal(["duration_seconds_bucket{le=\"5E-05\"}", "duration_seconds_bucket{le=\"1\"}", "duration_seconds_bucket{le=\"+Inf\"}"], view.Columns);
        Assert.Equal([1, 2, 2], Assert.Single(view.Rows).Values);
    }

    [Fact]
    public async Task Add_GaugeThatIsGone_HasNoValueAnyMore()
    {
        int? value = 5;
        _ = _meter.CreateObservableGauge("links", () => value is { } there ? [new Measurement<int>(there)] : Array.Empty<Measurement<int>>());
        HistoryTable table = new([new HistoryMetric("links")], capacity: 4, maxColumns: 8);
        await LookAsync(table, 1000);
        value = null;
        await LookAsync(table, 2000);

        Assert.Equal<double[]>([[5], [double.NaN]], table.Read(after: 0).Rows.Select(row => row.Values));
    }

    [Fact]
    public async Task Read_MoreRowsThanAreKept_GivesTheLastAndTheirNumbers()
    {
        HistoryTable table = new([], capacity: 3, maxColumns: 8);
        for (int i = 1; i <= 5; i++)
        {
            await LookAsync(table, i);
        }

        Assert.Equal((3, "3 4 5"), Of(table.Read(after: 0)));
        Assert.Equal((3, "3 4 5"), Of(table.Read(after: -7)));
        Assert.Equal((5, "5"), Of(table.Read(after: 4)));
        Assert.Equal((6, ""), Of(table.Read(after: 5)));

        // A number of another run, or made up: nothing, and no fault.
        Assert.Empty(table.Read(after: 1000).Rows);
        Assert.Empty(table.Read(after: long.MaxValue - 1).Rows);
    }

    [Fact]
    public async Task Add_MoreSeriesThanColumns_LeavesTheRestOut()
    {
        HistoryTable table = new([new HistoryMetric("many_total", By: "number")], capacity: 3, maxColumns: 2);
        Counter<long> many = _meter.CreateCounter<long>("many");
        for (int i = 0; i < 5; i++)
        {
            many.Add(1, new KeyValuePair<string, object?>("number", i));
        }

        await LookAsync(table, 1);
        Assert.Equal(2, table.Read(after: 0).Columns.Count);
        Assert.Equal(2, table.Read(after: 0).Rows[0].Values.Length);
    }

    private Task LookAsync(HistoryTable table, long timeMs) => _families.ReadAsync(families => table.Add(timeMs, families), CancellationToken.None);

    private static (long First, string Times) Of(HistoryView view) => (view.First, string.Join(' ', view.Rows.Select(row => row.TimeMs)));
}
