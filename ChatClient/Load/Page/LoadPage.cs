using System.Net;
using System.Text.Json;

namespace ChatClient.Load.Page;

/// <summary>The report of a load as a page: one file, which needs no network. Its table is there without scripts; the plots are drawn by one.</summary>
internal static class LoadPage
{
    /// <summary>All of it.</summary>
    public static string Render(LoadReport report, DateTimeOffset endedAt)
    {
        ArgumentNullException.ThrowIfNull(report);
        LoadPageData data = new(
            report.Moments,
            [
                .. Enum.GetValues<LoadLineKind>()
                    .Select(kind => LoadDistribution.Of(kind.ToString().ToLowerInvariant(), report.Tally.Of(kind)))
                    .Append(LoadDistribution.Of("shown", report.Tally.Deliveries))
                    .Where(distribution => distribution.Count > 0),
            ]);

        // What players and servers wrote goes in last: were there a place in it, nothing would be put there.
        return Resource("load.html")
            .Replace("{{style}}", Resource("plots.css") + Resource("load.css"), StringComparison.Ordinal)
            .Replace("{{script}}", Resource("plots.js") + Resource("load.js"), StringComparison.Ordinal)
            .Replace("{{ended}}", $"{endedAt:yyyy-MM-dd HH:mm:ss zzz}", StringComparison.Ordinal)
            .Replace("{{data}}", JsonSerializer.Serialize(data, LoadPageJson.Default.LoadPageData), StringComparison.Ordinal)
            .Replace("{{text}}", WebUtility.HtmlEncode(report.ToText()), StringComparison.Ordinal);
    }

    private static string Resource(string name)
    {
        using Stream stream = typeof(LoadPage).Assembly.GetManifestResourceStream($"page/{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
