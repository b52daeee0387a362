using System.Buffers;
using System.Globalization;
using System.Text;

namespace Shared.Protocol.Messages.Commands;

/// <summary>
/// Sentences with places: <c>{0}</c> to <c>{31}</c>, each standing for an argument. Any other brace stands for itself. Arguments are copied,
/// never looked at for places, so a player's text can neither fail nor fill anything.
/// </summary>
public static class TextTemplate
{
    /// <summary>How many different places a sentence can have.</summary>
    public const int MaxPlaces = 32;

    /// <summary>Which places a sentence has: bit n is set if <c>{n}</c> occurs.</summary>
    public static int PlacesOf(string template)
    {
        ArgumentNullException.ThrowIfNull(template);
        int places = 0;
        for (int i = 0; i < template.Length; i++)
        {
            if (TryReadPlace(template.AsSpan(i), out int place, out int length))
            {
                places |= 1 << place;
                i += length - 1;
            }
        }

        return places;
    }

    /// <summary>
    /// Fills a sentence. A place without an argument stays empty. Control characters, line separators, characters that turn the direction
    /// of writing, and halves of surrogate pairs are left out of arguments: they would act on the reader's screen.
    /// </summary>
    public static string Fill(string template, IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(arguments);
        if (!template.Contains('{', StringComparison.Ordinal))
        {
            return template;
        }

        var filled = new StringBuilder(template.Length + 32);
        int copied = 0;
        for (int i = 0; i < template.Length; i++)
        {
            if (!TryReadPlace(template.AsSpan(i), out int place, out int length))
            {
                continue;
            }

            filled.Append(template, copied, i - copied);
            if (place < arguments.Count)
            {
                AppendShowable(filled, arguments[place]);
            }

            copied = i + length;
            i = copied - 1;
        }

        return filled.Append(template, copied, template.Length - copied).ToString();
    }

    /// <summary>Appends what of a text may be shown; see <see cref="Fill"/>.</summary>
    internal static void AppendShowable(StringBuilder output, ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            OperationStatus status = Rune.DecodeFromUtf16(text, out Rune rune, out int consumed);
            if (status == OperationStatus.Done && IsShowable(rune))
            {
                output.Append(text[..consumed]);
            }

            text = text[consumed..];
        }
    }

    private static bool IsShowable(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        && rune.Value is not (0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069));

    private static bool TryReadPlace(ReadOnlySpan<char> text, out int place, out int length)
    {
        place = 0;
        length = 0;
        if (text.Length < 3 || text[0] != '{')
        {
            return false;
        }

        int end = text[..Math.Min(text.Length, 4)].IndexOf('}');
        if (end < 2 || !int.TryParse(text[1..end], NumberStyles.None, CultureInfo.InvariantCulture, out place) || place >= MaxPlaces)
        {
            return false;
        }

        length = end + 1;
        return true;
    }
}
