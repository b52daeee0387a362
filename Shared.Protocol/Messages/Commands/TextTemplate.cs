using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
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

    // A sentence with its arguments, as a rule; longer ones are made in a pooled array.
    private const int StackChars = 256;

    // Unicode's block of them.
    private const char FirstHangulSyllable = '\uAC00';
    private const char LastHangulSyllable = '\uD7A3';

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

        var filled = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture, stackalloc char[StackChars]);
        int copied = 0;
        for (int i = 0; i < template.Length; i++)
        {
            if (!TryReadPlace(template.AsSpan(i), out int place, out int length))
            {
                continue;
            }

            filled.AppendFormatted(template.AsSpan(copied, i - copied));
            if (place < arguments.Count)
            {
                AppendShowable(ref filled, arguments[place]);
            }

            copied = i + length;
            i = copied - 1;
        }

        filled.AppendFormatted(template.AsSpan(copied));
        return filled.ToStringAndClear();
    }

    /// <summary>What of a text may be shown; see <see cref="Fill"/>.</summary>
    internal static string ToShowable(string text)
    {
        if (CountShowable(text) == text.Length)
        {
            return text;
        }

        var showable = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture, stackalloc char[StackChars]);
        AppendShowable(ref showable, text);
        return showable.ToStringAndClear();
    }

    private static void AppendShowable(ref DefaultInterpolatedStringHandler output, ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            int showable = CountShowable(text);
            output.AppendFormatted(text[..showable]);
            text = text[showable..];
            if (!text.IsEmpty)
            {
                _ = Rune.DecodeFromUtf16(text, out _, out int consumed);
                text = text[consumed..];
            }
        }
    }

    private static int CountShowable(ReadOnlySpan<char> text)
    {
        int count = 0;
        while (count < text.Length)
        {
            if (text[count] is (>= ' ' and <= '~') or (>= FirstHangulSyllable and <= LastHangulSyllable))
            {
                // What names and sentences are made of, as a rule.
                count++;
            }
            else if (Rune.DecodeFromUtf16(text[count..], out Rune rune, out int consumed) == OperationStatus.Done && IsShowable(rune))
            {
                count += consumed;
            }
            else
            {
                break;
            }
        }

        return count;
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
