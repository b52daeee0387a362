using System.Globalization;
using Gsctl.Output;
using Gsctl.Reports;
using Shared.Protocol.Administration;
using Shared.Terminal;

namespace Gsctl.Live;

/// <summary>Shows an interval to people; fits 80 columns.</summary>
internal static class TopView
{
    /// <summary>Its lines.</summary>
    /// <param name="report">The interval.</param>
    /// <param name="key">The key of the queues.</param>
    /// <param name="style">Sets text off.</param>
    /// <param name="maxColumns">The width of the terminal; null where there is none.</param>
    public static IEnumerable<string> Write(TopReport report, int key, Style style, int? maxColumns)
    {
        yield return TextTable.Cut(
            string.Create(
                CultureInfo.InvariantCulture,
                $"gsctl top   key {key}   {report.At.ToLocalTime():HH:mm:ss}   over {report.IntervalMs / 1000.0:0.0} s   {Units.Rate(report.Requests.Sum(rate => rate.PerSecond))} requests/s"),
            maxColumns ?? int.MaxValue);
        yield return string.Empty;
        foreach (TextTable table in new[] { DaemonsOf(report), QueuesOf(report, key), RatesOf("REQUEST (chatD)", report.Requests), RatesOf("COMMAND (channelD)", report.Commands) })
        {
            if (table.Count > 0)
            {
                foreach (string line in table.Write(maxColumns, style))
                {
                    yield return line;
                }

                yield return string.Empty;
            }
        }

        foreach (Unreached unreached in report.Unreached)
        {
            yield return style.Bad(TextTable.Cut(VisibleText.Of(unreached.Reason), maxColumns ?? int.MaxValue));
        }
    }

    private static TextTable DaemonsOf(TopReport report)
    {
        TextTable table = new(
            new Column("DAEMON"), new Column("STATE"), new Column("READY"), new Column("PLAYERS", IsNumber: true), new Column("IN FLIGHT", IsNumber: true), new Column("PENDING", IsNumber: true),
            new Column("WINDOW", IsNumber: true));
        foreach (TopDaemon daemon in report.Daemons)
        {
            table.Add(
                daemon.Name,
                daemon.State,
                daemon.Ready ? "yes" : "no",
                Units.Count(daemon.Players),
                Units.Count(daemon.InFlight),
                daemon.Pending is { } pending ? Units.Count(pending) : null,
                daemon.WindowUsed is { } used ? string.Create(CultureInfo.InvariantCulture, $"{100 * used:0} %") : null);
        }

        return table;
    }

    private static TextTable QueuesOf(TopReport report, int key)
    {
        TextTable table = new(
            new Column("QUEUE"), new Column("MESSAGES", IsNumber: true), new Column("BYTES", IsNumber: true), new Column("OF", IsNumber: true), new Column("FULL", IsNumber: true));
        TopDaemon? daemon = report.Daemons.FirstOrDefault(daemon => daemon.RequestQueue is not null);
        Add(table, string.Create(CultureInfo.InvariantCulture, $"requests ({key})"), daemon?.RequestQueue);
        Add(table, "results", daemon?.ResultQueue);
        return table;
    }

    private static void Add(TextTable table, string name, QueueStatus? queue)
    {
        if (queue is not null)
        {
            table.Add(name, Units.Count(queue.Messages), Units.Count(queue.Bytes), Units.Count(queue.CapacityBytes), Units.Share(queue.Bytes, queue.CapacityBytes));
        }
    }

    private static TextTable RatesOf(string title, IReadOnlyList<TopRate> rates)
    {
        TextTable table = new(
            new Column(title, MinColumns: 8), new Column("A SECOND", IsNumber: true), new Column("FAILED", IsNumber: true), new Column("P50", IsNumber: true), new Column("P99", IsNumber: true));
        foreach (TopRate rate in rates)
        {
            table.Add(
                rate.Name,
                Units.Rate(rate.PerSecond),
                Units.Rate(rate.FailuresPerSecond),
                rate.P50Seconds is { } p50 ? Units.Latency(p50) : null,
                rate.P99Seconds is { } p99 ? (rate.IsP99AtLeast ? "> " : string.Empty) + Units.Latency(p99) : null);
        }

        return table;
    }
}
