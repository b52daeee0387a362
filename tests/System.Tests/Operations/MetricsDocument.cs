using System.Globalization;
using System.Text;

namespace System.Tests.Operations;

/// <summary>
/// The table of metrics in the docs, made from what the daemons show. Which labels a metric has is not to be seen before it has a series: those
/// that the table names already stay, and those that are seen are added.
/// </summary>
internal static class MetricsDocument
{
    private const string Head = "| Metric | Type | chatD | channelD | Labels | Meaning |\n|---|---|---|---|---|---|\n";

    // The runtime's and Kestrel's own differ by version, and are told by their names.
    private static readonly string[] s_foreign = ["dotnet_", "kestrel_"];

    /// <summary>The document with its table as it has to be.</summary>
    public static string Update(string document, string chat, string channel)
    {
        Dictionary<string, Metric> ofChat = Read(chat);
        Dictionary<string, Metric> ofChannel = Read(channel);
        Dictionary<string, string[]> known = document.Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|'))
            .GroupBy(cells => cells[1].Trim(' ', '`'))
            .ToDictionary(group => group.Key, group => LabelsOf(group.First()[5]));
        StringBuilder table = new(Head);
        foreach (string name in ofChat.Keys.Union(ofChannel.Keys).Order(StringComparer.Ordinal))
        {
            Metric metric = ofChat.GetValueOrDefault(name) ?? ofChannel[name];
            IEnumerable<string> labels = known.GetValueOrDefault(name, [])
                .Union(ofChat.GetValueOrDefault(name)?.Labels ?? [])
                .Union(ofChannel.GetValueOrDefault(name)?.Labels ?? [])
                .Order(StringComparer.Ordinal)
                .Select(label => $"`{label}`");
            table.Append(CultureInfo.InvariantCulture, $"| `{name}` | {metric.Type} | {(ofChat.ContainsKey(name) ? "x" : "")} | {(ofChannel.ContainsKey(name) ? "x" : "")} | {string.Join(", ", labels)} | {metric.Help} |\n");
        }

        int begin = document.IndexOf(Head, StringComparison.Ordinal);
        int end = document.IndexOf("\n\n", begin, StringComparison.Ordinal);
        return document[..begin] + table.ToString().TrimEnd('\n') + (end < 0 ? "\n" : document[end..]);
    }

    private static string[] LabelsOf(string cell) =>
        [.. cell.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(label => label.Trim('`'))];

    private static Dictionary<string, Metric> Read(string scrape)
    {
        Dictionary<string, Metric> metrics = [];
        Metric? current = null;
        foreach (string line in scrape.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] words = line.Split(' ', 4);
            if (line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                current = new Metric(words[3]);
                if (!s_foreign.Any(foreign => words[2].StartsWith(foreign, StringComparison.Ordinal)))
                {
                    metrics.Add(words[2], current);
                }
            }
            else if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                current!.Type = words[3];
            }
            else if (line.IndexOf('{', StringComparison.Ordinal) is var brace and > 0)
            {
                // No value of ours holds a comma.
                current!.Labels.UnionWith(line[(brace + 1)..line.LastIndexOf('}')].Split(',').Select(label => label[..label.IndexOf('=', StringComparison.Ordinal)]).Where(label => label != "le"));
            }
        }

        return metrics;
    }

    private sealed class Metric(string help)
    {
        public string Help => help;

        public string Type { get; set; } = string.Empty;

        public HashSet<string> Labels { get; } = [];
    }
}
