using System.Globalization;
using System.Text;

namespace Shared.Operations.Metrics;

/// <summary>Writes metrics in the Prometheus text format 0.0.4.</summary>
internal static class PrometheusText
{
    /// <summary>The media type.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Writes the metrics. One without a series is announced all the same.</summary>
    public static string Write(IEnumerable<MetricFamily> families)
    {
        StringBuilder text = new(32 * 1024);
        foreach (MetricFamily family in families)
        {
            string kind = family.Kind.ToString().ToLowerInvariant();
            text.Append("# HELP ").Append(family.Name).Append(' ').Append(EscapeHelp(family.Help)).Append('\n');
            text.Append("# TYPE ").Append(family.Name).Append(' ').Append(kind).Append('\n');
            foreach ((string labels, MetricSeries series) in family.Series)
            {
                if (family.Bounds is { } bounds)
                {
                    WriteHistogram(text, family.Name, labels, series, bounds);
                }
                else
                {
                    WriteLine(text, family.Name, labels, series.Value);
                }
            }
        }

        return text.ToString();
    }

    private static void WriteHistogram(StringBuilder text, string name, string labels, MetricSeries series, double[] bounds)
    {
        string before = labels.Length > 0 ? labels + "," : string.Empty;
        long[] counts = series.Counts;
        long sum = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            sum += counts[i];
            WriteLine(text, name + "_bucket", $"{before}le=\"{(i < bounds.Length ? Show(bounds[i]) : "+Inf")}\"", sum);
        }

        WriteLine(text, name + "_sum", labels, series.Value);

        // Not what was counted beside the buckets: the last bucket and the count have to be the same number.
        WriteLine(text, name + "_count", labels, sum);
    }

    private static void WriteLine(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(Show(value)).Append('\n');
    }

    private static string Show(double value) => double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : double.IsNaN(value) ? "NaN"
        : value.ToString("R", CultureInfo.InvariantCulture);

    private static string EscapeHelp(string help) => help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
