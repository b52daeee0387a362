using System.Globalization;
using System.Text;
using IpcBench.Running;

namespace IpcBench.Reporting;

/// <summary>The figures within a document, between two marks. All else in the document is people's.</summary>
internal static class MarkdownSection
{
    /// <summary>Where the figures begin.</summary>
    internal const string Begin = "<!-- figures: written by bench/IpcBench with --markdown; not by hand -->";

    /// <summary>Where they end.</summary>
    internal const string End = "<!-- end of the figures -->";

    /// <summary>The document with the figures of a report in place of those that it had.</summary>
    /// <exception cref="InvalidDataException">It has no place for them.</exception>
    internal static string Rewrite(string document, Report report)
    {
        CheckHasPlace(document);
        int begin = document.IndexOf(Begin, StringComparison.Ordinal);
        int end = document.IndexOf(End, StringComparison.Ordinal);
        return document[..begin] + Begin + "\n\n" + Render(report) + "\n" + document[end..];
    }

    /// <summary>Refuses a document without the two lines.</summary>
    /// <exception cref="InvalidDataException">It has no place for figures.</exception>
    internal static void CheckHasPlace(string document)
    {
        int begin = document.IndexOf(Begin, StringComparison.Ordinal);
        if (begin < 0 || document.IndexOf(End, StringComparison.Ordinal) < begin)
        {
            throw new InvalidDataException($"The document has no place for figures. It needs the two lines\n{Begin}\n{End}");
        }
    }

    private static string Render(Report report)
    {
        var text = new StringBuilder();
        text.Append(Summary.Origin(report)).Append(".\n");
        foreach (int size in report.SizesBytes)
        {
            var summary = new Summary(report, size);
            text.Append('\n').Append(summary.Title).Append(":\n\n");
            AppendRow(text, summary.Heads);
            AppendRow(text, [.. summary.Heads.Select((_, column) => column < Summary.WordColumns ? "---" : "--:")]);
            foreach (IReadOnlyList<string> row in summary.Rows)
            {
                AppendRow(text, row);
            }
        }

        foreach (Skipped skipped in report.Skipped)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nNot measured: {skipped.Title} ({SideNames.Of(skipped.Side)}): {OneLine(skipped.Reason)}\n");
        }

        return text.ToString();
    }

    private static void AppendRow(StringBuilder text, IReadOnlyList<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();
}
