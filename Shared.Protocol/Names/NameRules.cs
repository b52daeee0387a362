using System.Buffers;
using System.Globalization;
using System.Text;

namespace Shared.Protocol.Names;

/// <summary>The rules that all names share; limits and inner spaces are the caller's.</summary>
internal readonly record struct NameRules(int MaxGraphemes, int MaxChars, int MaxUtf8Bytes, bool AllowsSpaces)
{
    /// <summary>The most marks on one base. Vietnamese needs two, Hebrew with accents three, four leaves room.</summary>
    public const int MaxMarksPerBase = 4;

    // NFD makes at most four UTF-16 units of one (Unicode Standard Annex 15, table of expansion factors; U+1F82 does).
    // A decomposed spelling of an allowed name must get the same verdict, so it may be this much longer before it is composed.
    public const int MaxDecomposition = 4;

    /// <summary>Checks a text and brings it to NFC.</summary>
    /// <returns>What is wrong, and then <paramref name="display"/> is empty.</returns>
    public NameFault Check(string text, out string display)
    {
        display = string.Empty;
        if (text.Length == 0)
        {
            return NameFault.Empty;
        }

        // Lengths come first: nothing long is ever normalised.
        if (text.Length > MaxChars * MaxDecomposition)
        {
            return NameFault.TooLong;
        }

        string composed = text;
        NameFault fault = NameFault.None;
        if (!PlainText.IsPlain(text))
        {
            fault = CheckCharacters(text);
            composed = fault == NameFault.None ? TextKey.Compose(text) : text;
        }

        if (fault == NameFault.None)
        {
            fault = CheckComposed(composed);
        }

        display = fault == NameFault.None ? composed : string.Empty;
        return fault;
    }

    private NameFault CheckComposed(string composed)
    {
        if (composed.Length > MaxChars || Encoding.UTF8.GetByteCount(composed) > MaxUtf8Bytes || CountGraphemes(composed) > MaxGraphemes)
        {
            return NameFault.TooLong;
        }

        if (composed[0] == '/')
        {
            return NameFault.BadStart;
        }

        return PlainText.IsPlain(composed) ? NameFault.None : CheckMarksAndSpaces(composed);
    }

    private static int CountGraphemes(string text)
    {
        if (PlainText.IsPlain(text))
        {
            return text.Length;
        }

        int count = 0;
        for (int i = 0; i < text.Length; i += StringInfo.GetNextTextElementLength(text, i))
        {
            count++;
        }

        return count;
    }

    private NameFault CheckCharacters(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out Rune rune, out int consumed) != OperationStatus.Done
                || (ForbiddenRunes.Contains(rune) && !(AllowsSpaces && rune.Value == ' ')))
            {
                return NameFault.ForbiddenCharacter;
            }

            text = text[consumed..];
        }

        return NameFault.None;
    }

    private static NameFault CheckMarksAndSpaces(string composed)
    {
        int marks = 0;
        bool wasSpace = true;
        bool isFirst = true;
        foreach (Rune rune in composed.EnumerateRunes())
        {
            bool isMark = Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
            bool isSpace = rune.Value == ' ';
            if (isMark && isFirst)
            {
                return NameFault.BadStart;
            }

            // The first character counts as standing after a space, so neither a leading nor a doubled one passes.
            if (isSpace && wasSpace)
            {
                return NameFault.ForbiddenCharacter;
            }

            marks = isMark ? marks + 1 : 0;
            if (marks > MaxMarksPerBase)
            {
                return NameFault.TooManyMarks;
            }

            wasSpace = isSpace;
            isFirst = false;
        }

        return wasSpace ? NameFault.ForbiddenCharacter : NameFault.None;
    }
}
