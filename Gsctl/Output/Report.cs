using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Shared.Terminal;

namespace Gsctl.Output;

/// <summary>Where a command's results go: tables for people, or JSON for programs.</summary>
/// <param name="output">Takes results.</param>
/// <param name="error">Takes what went wrong.</param>
/// <param name="isJson">Whether programs read it.</param>
/// <param name="style">Sets text off.</param>
/// <param name="maxColumns">The width of the terminal; null where there is none.</param>
internal sealed class Report(TextWriter output, TextWriter error, bool isJson, Style style, int? maxColumns)
{
    private static readonly GsctlJson s_json = new(new JsonSerializerOptions(GsctlJson.Default.Options) { Encoder = VisibleJsonEncoder.Instance });

    /// <summary>Whether programs read it.</summary>
    public bool IsJson => isJson;

    /// <summary>Sets text off.</summary>
    public Style Style => style;

    /// <summary>The width of the terminal; null where there is none.</summary>
    public int? MaxColumns => maxColumns;

    /// <summary>A line for people.</summary>
    public void Line(string text = "") => output.WriteLine(text);

    /// <summary>A table for people, unless it is empty.</summary>
    public void Table(TextTable table)
    {
        if (table.Count > 0)
        {
            foreach (string line in table.Write(maxColumns, style))
            {
                output.WriteLine(line);
            }
        }
    }

    /// <summary>An object for programs, on one line.</summary>
    public void Json<T>(T value)
        where T : class
    {
        output.WriteLine(JsonSerializer.Serialize(value, (JsonTypeInfo<T>)s_json.GetTypeInfo(typeof(T))!));
        output.Flush();
    }

    /// <summary>Something that went wrong.</summary>
    public void Problem(string text) => error.WriteLine($"gsctl: {VisibleText.Of(text)}");
}
