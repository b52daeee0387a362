using System.Net;
using System.Text;
using IpcBench.Running;

namespace IpcBench.Reporting;

/// <summary>The report as a page: one file, which needs no network. Its tables are there without scripts; the plots are drawn by one.</summary>
internal static class HtmlPage
{
    /// <summary>All of it.</summary>
    internal static string Render(Report report) => Resource("page.html")
        .Replace("{{style}}", Resource("plots.css") + Resource("page.css"), StringComparison.Ordinal)
        .Replace("{{script}}", Resource("plots.js") + Resource("page.js"), StringComparison.Ordinal)
        .Replace("{{origin}}", WebUtility.HtmlEncode(Summary.Origin(report)), StringComparison.Ordinal)
        .Replace("{{skipped}}", RenderSkipped(report), StringComparison.Ordinal)
        .Replace("{{tables}}", string.Concat(report.SizesBytes.Select(size => RenderTable(new Summary(report, size)))), StringComparison.Ordinal)
        .Replace("{{data}}", report.ToScriptJson(), StringComparison.Ordinal);

    private static string RenderTable(Summary summary)
    {
        var text = new StringBuilder();
        text.Append("<figure><figcaption>").Append(WebUtility.HtmlEncode(summary.Title)).Append("</figcaption><div class=\"wide\"><table><thead>");
        AppendRow(text, summary.Heads, "th");
        text.Append("</thead><tbody>");
        foreach (IReadOnlyList<string> row in summary.Rows)
        {
            AppendRow(text, row, "td");
        }

        return text.Append("</tbody></table></div></figure>\n").ToString();
    }

    private static void AppendRow(StringBuilder text, IReadOnlyList<string> cells, string tag)
    {
        text.Append("<tr>");
        foreach (string cell in cells)
        {
            text.Append('<').Append(tag).Append('>').Append(WebUtility.HtmlEncode(cell)).Append("</").Append(tag).Append('>');
        }

        text.Append("</tr>");
    }

    private static string RenderSkipped(Report report)
    {
        var text = new StringBuilder();
        foreach (Skipped skipped in report.Skipped)
        {
            text.Append("<p class=\"skipped\">Not measured: ")
                .Append(WebUtility.HtmlEncode($"{skipped.Title} ({SideNames.Of(skipped.Side)}): {skipped.Reason}"))
                .Append("</p>\n");
        }

        return text.ToString();
    }

    private static string Resource(string name)
    {
        using Stream stream = typeof(HtmlPage).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
