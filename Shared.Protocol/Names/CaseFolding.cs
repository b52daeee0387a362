using System.Buffers;
using System.Text;

namespace Shared.Protocol.Names;

/// <summary>
/// Full case folding as the Unicode Standard defines it (section 3.13, <c>toCasefold</c>): <c>Straße</c> and <c>STRASSE</c> fold to the same
/// text, which <c>ToLowerInvariant</c> does not give. Independent of culture. Thread-safe.
/// </summary>
public static class CaseFolding
{
    /// <summary>The most characters that one character folds to.</summary>
    public const int MaxExpansion = 3;

    private const int StackChars = 256;

    /// <summary>Folds a text.</summary>
    /// <param name="text">Any text; lone surrogates are left as they are.</param>
    /// <returns>The folded text; <paramref name="text"/> itself where nothing folds.</returns>
    public static string Fold(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int same = CountUnchanged(text);
        if (same == text.Length)
        {
            return text;
        }

        int longest = same + ((text.Length - same) * MaxExpansion);
        char[]? rented = longest > StackChars ? ArrayPool<char>.Shared.Rent(longest) : null;
        Span<char> folded = rented ?? stackalloc char[StackChars];
        text.AsSpan(0, same).CopyTo(folded);
        int written = same + FoldTo(text.AsSpan(same), folded[same..]);
        string result = new(folded[..written]);
        if (rented is not null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }

        return result;
    }

    /// <summary>How many characters at the start surely fold to themselves: ASCII but its capitals, and Hangul syllables.</summary>
    private static int CountUnchanged(ReadOnlySpan<char> text)
    {
        int count = 0;
        while (count < text.Length && IsUnchanged(text[count]))
        {
            count++;
        }

        return count;
    }

    private static bool IsUnchanged(char c) => (c < 0x80 && !char.IsAsciiLetterUpper(c)) || PlainText.IsHangulSyllable(c);

    private static int FoldTo(ReadOnlySpan<char> text, Span<char> folded)
    {
        int written = 0;
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out Rune rune, out int consumed) != OperationStatus.Done)
            {
                folded[written++] = text[0];
                text = text[1..];
                continue;
            }

            ReadOnlySpan<char> expansion = FindExpansion(rune.Value);
            if (expansion.IsEmpty)
            {
                written += FoldOne(rune).EncodeToUtf16(folded[written..]);
            }
            else
            {
                expansion.CopyTo(folded[written..]);
                written += expansion.Length;
            }

            text = text[consumed..];
        }

        return written;
    }

    private static Rune FoldOne(Rune rune)
    {
        ReadOnlySpan<int> rows = CaseFoldingTable.Rows;
        int low = 0;
        int high = (rows.Length / CaseFoldingTable.RowLength) - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            ReadOnlySpan<int> row = rows.Slice(middle * CaseFoldingTable.RowLength, CaseFoldingTable.RowLength);
            if (rune.Value < row[0])
            {
                high = middle - 1;
            }
            else if (rune.Value > row[1])
            {
                low = middle + 1;
            }
            else
            {
                return (rune.Value - row[0]) % row[2] == 0 ? new Rune(rune.Value + row[3]) : rune;
            }
        }

        return rune;
    }

    private static ReadOnlySpan<char> FindExpansion(int codePoint)
    {
        ReadOnlySpan<char> entries = CaseFoldingTable.Expansions;
        int low = 0;
        int high = (entries.Length / CaseFoldingTable.ExpansionLength) - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            ReadOnlySpan<char> entry = entries.Slice(middle * CaseFoldingTable.ExpansionLength, CaseFoldingTable.ExpansionLength);
            if (codePoint == entry[0])
            {
                return entry[1..].TrimEnd('\0');
            }

            if (codePoint < entry[0])
            {
                high = middle - 1;
            }
            else
            {
                low = middle + 1;
            }
        }

        return [];
    }
}
