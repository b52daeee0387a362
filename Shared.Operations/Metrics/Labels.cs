using System.Globalization;
using System.Text;

namespace Shared.Operations.Metrics;

/// <summary>Writes the tags of a measurement as labels.</summary>
internal static class Labels
{
    /// <summary>The labels of what is beyond the bound on series.</summary>
    public const string Overflow = "overflow=\"true\"";

    // A value is to be one of a few words. Whatever else comes here must not make a line endless.
    private const int MaxValueChars = 128;

    /// <summary>The labels without braces, sorted by name: <c>call="msgsnd",errno="EAGAIN"</c>. Of tags that become the same label the first counts.</summary>
    public static string Of(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        SortedDictionary<string, string> labels = new(StringComparer.Ordinal);
        foreach ((string name, object? value) in tags)
        {
            _ = labels.TryAdd(PrometheusName.OfLabel(name), Show(value));
        }

        StringBuilder text = new();
        foreach ((string name, string value) in labels)
        {
            text.Append(text.Length > 0 ? "," : string.Empty).Append(name).Append("=\"");
            Escape(text, value).Append('"');
        }

        return text.ToString();
    }

    /// <summary>The value of a label as it is written; empty where there is no such label. Not for values with a quotation mark in them.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="name">The label's name.</param>
    public static string ValueOf(string labels, string name)
    {
        string head = name + "=\"";
        int begin = labels.StartsWith(head, StringComparison.Ordinal) ? 0 : labels.IndexOf("," + head, StringComparison.Ordinal) + 1;
        if (begin == 0 && !labels.StartsWith(head, StringComparison.Ordinal))
        {
            return string.Empty;
        }

        begin += head.Length;
        int end = labels.IndexOf('"', begin);
        return end < 0 ? string.Empty : labels[begin..end];
    }

    /// <summary>Labels as <see cref="Of"/> has written them, each by itself.</summary>
    public static IReadOnlyDictionary<string, string> Parse(string labels)
    {
        Dictionary<string, string> parsed = new(StringComparer.Ordinal);
        StringBuilder value = new();
        for (int at = 0; at < labels.Length; at++)
        {
            int equals = labels.IndexOf('=', at);
            string name = labels[at..equals];
            _ = value.Clear();
            for (at = equals + 2; labels[at] != '"'; at++)
            {
                bool isEscaped = labels[at] == '\\';
                at += isEscaped ? 1 : 0;
                _ = value.Append(isEscaped && labels[at] == 'n' ? '\n' : labels[at]);
            }

            parsed[name] = value.ToString();

            // The comma.
            at++;
        }

        return parsed;
    }

    /// <summary>The name of an enumeration's member as a label: <c>SlowReader</c> is <c>slow_reader</c>.</summary>
    private static string Snake(string name)
    {
        StringBuilder text = new(name.Length + 4);
        foreach (char letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }

    private static string Show(object? value)
    {
        string text = value switch
        {
            null => string.Empty,
            string words => words,
            bool truth => truth ? "true" : "false",
            Enum member => Snake(member.ToString()),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty,
        };
        return text.Length <= MaxValueChars ? text : text[..MaxValueChars];
    }

    private static StringBuilder Escape(StringBuilder text, string value)
    {
        foreach (Rune rune in value.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '\\' => text.Append("\\\\"),
                '"' => text.Append("\\\""),
                '\n' => text.Append("\\n"),

                // An unpaired surrogate has become a replacement character by now; a bare line break of another kind would confuse people only.
                _ => text.Append(rune.ToString()),
            };
        }

        return text;
    }
}
