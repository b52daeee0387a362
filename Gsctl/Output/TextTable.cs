using System.Text;
using Shared.Terminal;

namespace Gsctl.Output;

/// <summary>
/// A table of texts for a terminal: columns as wide as their widest cell, Hangul counted as two. Where it is wider than it may be, those columns are
/// cut that may be, the widest first. Cells are made harmless to the terminal.
/// </summary>
/// <param name="columns">Its columns.</param>
internal sealed class TextTable(params Column[] columns)
{
    private const string Gap = "  ";
    private const char Ellipsis = '…';

    private readonly List<string[]> _rows = [];

    /// <summary>How many rows it has.</summary>
    public int Count => _rows.Count;

    /// <summary>Adds a row.</summary>
    /// <param name="cells">One cell a column; null is shown as a dash.</param>
    public void Add(params string?[] cells)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(cells.Length, columns.Length);
        _rows.Add([.. cells.Select(cell => cell is null ? "-" : VisibleText.Of(cell))]);
    }

    /// <summary>The lines, the titles first.</summary>
    /// <param name="maxColumns">The width of the terminal; null for as wide as it takes.</param>
    /// <param name="style">Sets the titles off.</param>
    public IEnumerable<string> Write(int? maxColumns, Style style)
    {
        int[] widths = [.. columns.Select((column, index) => Math.Max(
            DisplayWidth.Of(column.Title), _rows.Count == 0 ? 0 : _rows.Max(row => DisplayWidth.Of(row[index]))))];
        if (maxColumns is { } limit)
        {
            Fit(widths, limit);
        }

        yield return style.Bold(Line([.. columns.Select(column => column.Title)], widths));
        foreach (string[] row in _rows)
        {
            yield return Line(row, widths);
        }
    }

    private void Fit(int[] widths, int limit)
    {
        int excess = widths.Sum() + (Gap.Length * (widths.Length - 1)) - limit;
        while (excess > 0)
        {
            int widest = -1;
            for (int i = 0; i < widths.Length; i++)
            {
                if (columns[i].MinColumns > 0 && widths[i] > columns[i].MinColumns && (widest < 0 || widths[i] > widths[widest]))
                {
                    widest = i;
                }
            }

            if (widest < 0)
            {
                return;
            }

            widths[widest]--;
            excess--;
        }
    }

    private string Line(string[] cells, int[] widths)
    {
        StringBuilder line = new();
        for (int i = 0; i < cells.Length; i++)
        {
            string cell = Cut(cells[i], widths[i]);
            int padding = widths[i] - DisplayWidth.Of(cell);
            _ = line.Append(i == 0 ? string.Empty : Gap);
            _ = columns[i].IsNumber ? line.Append(' ', padding).Append(cell)
                : i == cells.Length - 1 ? line.Append(cell)
                : line.Append(cell).Append(' ', padding);
        }

        return line.ToString().TrimEnd();
    }

    /// <summary>A text that takes no more columns than it may, with an ellipsis where something is left out.</summary>
    internal static string Cut(string text, int maxColumns)
    {
        if (DisplayWidth.Of(text) <= maxColumns)
        {
            return text;
        }

        StringBuilder cut = new();
        int columns = 1;
        foreach (Rune rune in text.EnumerateRunes())
        {
            columns += DisplayWidth.Of(rune);
            if (columns > maxColumns)
            {
                break;
            }

            _ = cut.Append(rune.ToString());
        }

        return cut.Append(Ellipsis).ToString();
    }
}
