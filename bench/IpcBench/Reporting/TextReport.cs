using System.Globalization;
using System.Text;
using IpcBench.Running;

namespace IpcBench.Reporting;

/// <summary>The report for a terminal.</summary>
internal static class TextReport
{
    private const string Gap = "  ";

    /// <summary>All of it.</summary>
    internal static string Render(Report report)
    {
        var text = new StringBuilder();
        text.AppendLine(Summary.Origin(report));
        foreach (int size in report.SizesBytes)
        {
            Append(text, new Summary(report, size));
        }

        text.AppendLine().AppendLine("A number in brackets is how many were in flight, where the mechanism holds fewer than were wanted.");
        foreach (Skipped skipped in report.Skipped)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{(skipped.IsFailure ? "failed" : "skipped")}: {skipped.Title} ({SideNames.Of(skipped.Side)}): {skipped.Reason}");
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, Summary summary)
    {
        int[] widths = [.. summary.Heads.Select((head, column) => summary.Rows.Select(row => row[column].Length).Append(head.Length).Max())];
        text.AppendLine().AppendLine(summary.Title);
        AppendRow(summary.Heads);
        foreach (IReadOnlyList<string> row in summary.Rows)
        {
            AppendRow(row);
        }

        void AppendRow(IReadOnlyList<string> cells)
        {
            IEnumerable<string> padded = cells.Select((cell, column) => column < Summary.WordColumns ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            text.AppendLine(string.Join(Gap, padded).TrimEnd());
        }
    }
}
