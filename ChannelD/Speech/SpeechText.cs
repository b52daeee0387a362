using System.Globalization;
using System.Text;

namespace ChannelD.Speech;

/// <summary>Whether there is anything to be seen in a text: a sentence that shows nothing looks like a fault of the game.</summary>
internal static class SpeechText
{
    /// <summary>Whether any character of it is seen.</summary>
    /// <param name="text">Text without halves of surrogate pairs.</param>
    public static bool IsSeen(ReadOnlySpan<char> text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsSeen(rune))
            {
                return true;
            }
        }

        return false;
    }

    // The fillers are letters and a symbol by category, and blank: those of Hangul, and the empty Braille pattern.
    private static bool IsSeen(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned => false,
        UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => false,
        _ => rune.Value is not (0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800),
    };
}
