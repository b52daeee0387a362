using System.Text;

namespace Shared.Operations.Metrics;

/// <summary>Names of metrics and labels as Prometheus wants them, made from those of instruments as OpenTelemetry does.</summary>
internal static class PrometheusName
{
    // A name of these endings would be taken for a part of a histogram, or for a counter.
    private static readonly string[] s_reserved = ["_total", "_count", "_sum", "_bucket"];

    /// <summary>A metric's name: <c>ipc.request.duration</c> in <c>s</c> is <c>ipc_request_duration_seconds</c>.</summary>
    public static string Of(string instrument, string? unit, MetricKind kind)
    {
        string name = Sanitize(instrument);
        string suffix = UnitOf(unit, kind);
        if (suffix.Length > 0 && !name.EndsWith("_" + suffix, StringComparison.Ordinal))
        {
            name = $"{name}_{suffix}";
        }

        if (kind == MetricKind.Counter)
        {
            return name.EndsWith("_total", StringComparison.Ordinal) ? name : name + "_total";
        }

        return s_reserved.Any(ending => name.EndsWith(ending, StringComparison.Ordinal)) ? name + "_current" : name;
    }

    /// <summary>A label's name.</summary>
    public static string OfLabel(string tag) => Sanitize(tag).Replace(':', '_');

    private static string Sanitize(string name)
    {
        StringBuilder sound = new(name.Length + 1);
        foreach (char letter in name)
        {
            char allowed = char.IsAsciiLetterOrDigit(letter) || letter is '_' or ':' ? letter : '_';
            if (sound.Length == 0 && char.IsAsciiDigit(allowed))
            {
                sound.Append('_');
            }

            if (allowed != '_' || sound.Length == 0 || sound[^1] != '_')
            {
                sound.Append(allowed);
            }
        }

        return sound.Length == 0 ? "_" : sound.ToString();
    }

    private static string UnitOf(string? unit, MetricKind kind) => unit switch
    {
        null or "" => string.Empty,
        "s" => "seconds",
        "ms" => "milliseconds",
        "us" => "microseconds",
        "ns" => "nanoseconds",
        "min" => "minutes",
        "h" => "hours",
        "d" => "days",
        "By" => "bytes",
        "KiBy" => "kibibytes",
        "MiBy" => "mebibytes",
        "%" => "percent",
        "1" => kind == MetricKind.Gauge ? "ratio" : string.Empty,

        // {request}: a note, and no unit.
        _ when unit[0] == '{' => string.Empty,
        _ => Sanitize(unit).Trim('_'),
    };
}
