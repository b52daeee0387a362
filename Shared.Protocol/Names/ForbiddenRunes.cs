using System.Globalization;
using System.Text;

namespace Shared.Protocol.Names;

/// <summary>
/// Characters that no name may have: those that are not seen, for two names that look alike must be one name, and those that act on a
/// terminal or a log instead of being shown.
/// </summary>
internal static class ForbiddenRunes
{
    /// <summary>Whether the character is refused. A space is; the caller may allow it.</summary>
    public static bool Contains(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse => true,
        UnicodeCategory.OtherNotAssigned => true,
        UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.OtherLetter or UnicodeCategory.OtherSymbol => IsFiller(rune.Value),
        UnicodeCategory.NonSpacingMark => IsInvisibleMark(rune.Value),
        _ => false,
    };

    // Letters and a symbol by category, and blank: the Hangul fillers and the empty Braille pattern.
    private static bool IsFiller(int value) => value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800;

    // The marks among Default_Ignorable_Code_Point (DerivedCoreProperties.txt): combining grapheme joiner, Khmer inherent vowels,
    // Mongolian and other variation selectors.
    private static bool IsInvisibleMark(int value) => value
        is 0x034F or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180D) or 0x180F or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);
}
