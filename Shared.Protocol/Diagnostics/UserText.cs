using System.Globalization;
using System.Text;

namespace Shared.Protocol.Diagnostics;

/// <summary>
/// Makes text that came from outside fit for a log line, an error message or a terminal. Control characters (C0, DEL, C1), line and
/// paragraph separators, every format character (bidi controls, zero-width ones, tags) and unpaired surrogates become <c>\uXXXX</c>.
/// </summary>
/// <remarks>
/// A backslash is left alone, so escaping twice is the same as escaping once, and escaping inside a JSON string leaves it valid JSON.
/// All members are safe on any thread.
/// </remarks>
public static class UserText
{
    /// <summary>How many UTF-16 units of a value <see cref="Quote"/> shows unless told otherwise.</summary>
    public const int DefaultQuoteChars = 100;

    /// <summary>Whether there is nothing to escape: none of the characters above, no half of a surrogate pair. Such text may be shown as it is.</summary>
    public static bool IsClean(ReadOnlySpan<char> text) => CleanPrefixChars(text) == text.Length;

    /// <summary>The text with all that could act on a terminal or forge a line escaped. The same instance if there is nothing to escape.</summary>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int clean = CleanPrefixChars(text);
        if (clean == text.Length)
        {
            return text;
        }

        StringBuilder escaped = new(text.Length + 16);
        escaped.Append(text.AsSpan(0, clean));
        AppendEscaped(escaped, text.AsSpan(clean));
        return escaped.ToString();
    }

    /// <summary>Appends the escaped text.</summary>
    public static void AppendEscaped(StringBuilder target, ReadOnlySpan<char> text)
    {
        ArgumentNullException.ThrowIfNull(target);
        while (!text.IsEmpty)
        {
            int clean = CleanPrefixChars(text);
            target.Append(text[..clean]);
            text = text[clean..];
            if (text.IsEmpty)
            {
                return;
            }

            Rune.DecodeFromUtf16(text, out _, out int unsafeChars);
            foreach (char unit in text[..unsafeChars])
            {
                target.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
            }

            text = text[unsafeChars..];
        }
    }

    /// <summary>The text escaped, in quotation marks, and cut (with its full length named) where it is longer than <paramref name="maxChars"/> UTF-16 units.</summary>
    public static string Quote(string text, int maxChars = DefaultQuoteChars)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxChars, 1);
        return text.Length <= maxChars
            ? $"\"{Escape(text)}\""
            : $"\"{Escape(text[..CutAt(text, maxChars)])}…\" ({text.Length.ToString(CultureInfo.InvariantCulture)} characters)";
    }

    // A pair is not cut in two: half of one would be shown as an escape nobody typed.
    private static int CutAt(string text, int maxChars) => char.IsHighSurrogate(text[maxChars - 1]) ? maxChars - 1 : maxChars;

    private static int CleanPrefixChars(ReadOnlySpan<char> text)
    {
        int at = 0;
        while (at < text.Length)
        {
            // Printable ASCII, the bulk of every log line.
            if (text[at] is >= ' ' and < '\u007f')
            {
                at++;
                continue;
            }

            if (Rune.DecodeFromUtf16(text[at..], out Rune rune, out int runeChars) != System.Buffers.OperationStatus.Done || !IsSafe(rune))
            {
                return at;
            }

            at += runeChars;
        }

        return at;
    }

    private static bool IsSafe(Rune rune) => Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
