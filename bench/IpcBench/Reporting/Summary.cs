using System.Globalization;
using IpcBench.Mechanisms;
using IpcBench.Running;

namespace IpcBench.Reporting;

/// <summary>The figures of one size as a table of texts: the terminal's, the page's and the document's are the same.</summary>
internal sealed class Summary
{
    private readonly Report _report;
    private readonly int _sizeBytes;

    /// <summary>Of one size of the report.</summary>
    internal Summary(Report report, int sizeBytes)
    {
        _report = report;
        _sizeBytes = sizeBytes;
        Heads =
        [
            "Mechanism", "Side", "p50 µs", "p99 µs", "p99.9 µs", "time / C", "CPU µs", "switches", "bytes",
            .. report.InFlight.Select(inFlight => $"{inFlight} in flight: /s"),
            "rate / C",
        ];
        Rows = [.. report.Rows.Where(row => row.SizeBytes == sizeBytes).Select(row => (row.Mechanism, row.Title, row.Side)).Distinct().Select(RowOf)];
    }

    /// <summary>How many columns from the left are words.</summary>
    internal const int WordColumns = 2;

    /// <summary>What stands above the columns.</summary>
    internal IReadOnlyList<string> Heads { get; }

    /// <summary>The rows.</summary>
    internal IReadOnlyList<IReadOnlyList<string>> Rows { get; }

    /// <summary>What stands above the table.</summary>
    internal string Title => Invariant(
        $"{_sizeBytes} bytes there and {_sizeBytes} back; times, CPU, context switches and allocated bytes are those of a round trip with {_report.InFlight[0]} in flight");

    /// <summary>Where and how it was measured.</summary>
    internal static string Origin(Report report) => Invariant(
        $"{report.Machine.Processor}, {report.Machine.Cores} cores · {report.Machine.Kernel} · {report.Machine.Runtime} · load {report.Machine.LoadAverage} · {report.StartedAt:yyyy-MM-dd} · {report.Runs} runs of {report.Seconds} s, medians")
        + (report.HasC ? "" : " · no C compiler ($CC, cc, gcc), so nothing to compare with");

    private string[] RowOf((string Mechanism, string Title, Side Side) subject)
    {
        ReportRow?[] rows = [.. _report.InFlight.Select(inFlight => _report.Find(subject.Mechanism, subject.Side, _sizeBytes, inFlight))];
        ReportRow? one = rows[0];
        return
        [
            subject.Title,
            SideNames.Of(subject.Side),
            Text(one?.Median.P50Us, "F2"),
            Text(one?.Median.P99Us, "F1"),
            Text(one?.Median.P999Us, "F1"),
            Text(one?.OverC?.Time, "F2"),
            Text(one?.Median.CpuUs, "F2"),
            Text(one?.Median.Switches, "F2"),
            Text(one?.Median.AllocatedBytes, "F0"),
            .. rows.Select(RateOf),
            Text(rows[^1]?.OverC?.Rate, "F2"),
        ];
    }

    // Where the mechanism holds fewer than wanted, how many there were is told beside the rate.
    private static string RateOf(ReportRow? row) => row is null ? "" : row.Median.Reached < row.InFlight
        ? Invariant($"{row.Median.PerSecond:N0} ({row.Median.Reached:F0})")
        : Text(row.Median.PerSecond, "N0");

    private static string Text(double? figure, string format) => figure?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
