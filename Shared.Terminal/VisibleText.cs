using System.Globalization;
using System.Text;

namespace Shared.Terminal;

/// <summary>
/// Makes received text harmless to a terminal. Control characters (C0, DEL, C1), line and paragraph separators, format characters
/// (among them all that turn the direction of writing) and halves of surrogate pairs are shown as escapes such as <c>\u001b</c>.
/// </summary>
public static class VisibleText
{
    private const char ZeroWidthNonJoiner = '\u200C';
    private const char ZeroWidthJoiner = '\u200D';

    /// <summary>Whether a character may be printed as it is. The two joiners may: emoji and several scripts are written with them.</summary>
    public static bool IsHarmless(Rune rune) => rune.Value is ZeroWidthJoiner or ZeroWidthNonJoiner || Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Surrogate);

    /// <summary>Appends a text, escaped.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="text">The text.</param>
    /// <param name="continuation">What replaces a line feed within the text; null to escape it like any other control character.</param>
    public static void AppendVisible(StringBuilder output, ReadOnlySpan<char> text, string? continuation = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        while (!text.IsEmpty)
        {
            bool isWhole = Rune.DecodeFromUtf16(text, out Rune rune, out int consumedChars) == System.Buffers.OperationStatus.Done;
            if (isWhole && IsHarmless(rune))
            {
                output.Append(text[..consumedChars]);
            }
            else if (continuation is not null && text[0] == '\n')
            {
                output.Append(continuation);
            }
            else if (isWhole && rune.Value > char.MaxValue)
            {
                output.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}");
            }
            else
            {
                output.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[0]:x4}");
            }

            text = text[consumedChars..];
        }
    }

    /// <summary>A text, escaped.</summary>
    public static string Of(string text)
    {
        var output = new StringBuilder();
        AppendVisible(output, text);
        return output.ToString();
    }
}
