using System.Globalization;
using System.Text;
using ChannelD.Tests.Support;
using Shared.Protocol.Names;

namespace ChannelD.Tests.Names;

public class CharacterNameTests
{
    [Theory]
    [InlineData("타락파워전사")]
    [InlineData("Ünïçødé")]
    [InlineData("日本語の名前")]
    [InlineData("a")]
    [InlineData("열두글자까지는된다고요요")]
    [InlineData("😀😀")]
    [InlineData("a/b")]
    public void TryParse_GoodName_KeepsItsDisplayForm(string text) => Assert.Equal(text, TestNames.Name(text).Display);

    [Theory]
    [InlineData(null, NameFault.Empty)]
    [InlineData("", NameFault.Empty)]
    [InlineData("열세글자는너무길어요정말요", NameFault.TooLong)]
    [InlineData("abcdefghijklm", NameFault.TooLong)]
    [InlineData("/찾기", NameFault.BadStart)]
    [InlineData("\u0301a", NameFault.BadStart)]
    [InlineData("\u0301", NameFault.BadStart)]
    [InlineData("a\u0316\u0317\u0318\u0319\u031A", NameFault.TooManyMarks)]
    public void TryParse_BadShape_SaysWhy(string? text, NameFault expected)
    {
        Assert.False(CharacterName.TryParse(text, out CharacterName name, out NameFault fault));
        Assert.Equal(expected, fault);
        Assert.Equal(default, name);
    }

    [Theory]
    [InlineData(0x00)] // Control.
    [InlineData(0x0A)]
    [InlineData(0x1B)]
    [InlineData(0x7F)]
    [InlineData(0x85)]
    [InlineData(0x9B)]
    [InlineData(0x20)] // White space.
    [InlineData(0xA0)]
    [InlineData(0x3000)]
    [InlineData(0x1680)]
    [InlineData(0x2028)]
    [InlineData(0x2029)]
    [InlineData(0xAD)] // Format.
    [InlineData(0x200B)]
    [InlineData(0x200D)]
    [InlineData(0x202E)]
    [InlineData(0x2066)]
    [InlineData(0xFEFF)]
    [InlineData(0xE0041)]
    [InlineData(0x115F)] // Fillers.
    [InlineData(0x1160)]
    [InlineData(0x3164)]
    [InlineData(0xFFA0)]
    [InlineData(0x2800)]
    [InlineData(0x034F)] // Invisible marks.
    [InlineData(0xFE0F)]
    [InlineData(0xE0100)]
    [InlineData(0xE000)] // Private use.
    [InlineData(0x10FFFD)]
    [InlineData(0x0378)] // Not assigned.
    [InlineData(0xFFFE)]
    [InlineData(0x10FFFF)]
    public void TryParse_ForbiddenCharacter_IsRefusedWhereverItStands(int codePoint)
    {
        string bad = char.ConvertFromUtf32(codePoint);
        foreach (string text in new[] { bad, "a" + bad, "가" + bad + "나", "e\u0301" + bad })
        {
            Assert.False(CharacterName.TryParse(text, out _, out NameFault fault));
            Assert.Equal(NameFault.ForbiddenCharacter, fault);
        }
    }

    // Not a theory: test runners cannot carry these texts.
    [Fact]
    public void TryParse_LoneSurrogate_IsRefused()
    {
        foreach (string text in new[] { "\uD800", "\uDC00", "a\uD800", "\uD800a", "\uDC00\uD800" })
        {
            Assert.False(CharacterName.TryParse(text, out _, out NameFault fault));
            Assert.Equal(NameFault.ForbiddenCharacter, fault);
        }
    }

    [Fact]
    public void TryParse_HugeText_IsRefusedBeforeItIsLookedAt()
    {
        Assert.False(CharacterName.TryParse(new string('\u0301', 10_000_000), out _, out NameFault fault));
        Assert.Equal(NameFault.TooLong, fault);
    }

    [Fact]
    public void TryParse_LimitsOfBytesAndChars_HoldBesidesGraphemes()
    {
        // Twelve graphemes of four bytes fit; the same with a mark each exceed 64 bytes, and with two marks 32 characters too.
        string mountain = char.ConvertFromUtf32(0x20000);
        Assert.True(CharacterName.TryParse(string.Concat(Enumerable.Repeat(mountain, 12)), out _, out _));
        Assert.False(CharacterName.TryParse(string.Concat(Enumerable.Repeat(mountain + "\u0316", 12)), out _, out NameFault fault));
        Assert.Equal(NameFault.TooLong, fault);
    }

    [Theory]
    [InlineData("타락파워전사")]
    [InlineData("열두글자까지는된다고닭꽯")]
    [InlineData("Ünïçødé")]
    [InlineData("ΐΐ")]
    public void TryParse_DecomposedSpelling_IsTheSameName(string text)
    {
        CharacterName composed = TestNames.Name(text);
        CharacterName decomposed = TestNames.Name(text.Normalize(NormalizationForm.FormD));
        Assert.Equal(composed, decomposed);
        Assert.Equal(composed.GetHashCode(), decomposed.GetHashCode());
        Assert.Equal(composed.Display, decomposed.Display);
        Assert.True(composed == decomposed);
    }

    [Theory]
    [InlineData("Straße", "STRASSE")]
    [InlineData("straẞe", "strasse")]
    [InlineData("ΣΊΣΥΦΟΣ", "σίσυφος")]
    [InlineData("ﬁn", "FIN")]
    [InlineData("타락POWER", "타락power")]
    [InlineData("ＡＢＣ", "ａｂｃ")]
    [InlineData("É", "e\u0301")]
    public void Equals_OtherCase_IsTheSameName(string one, string other) => Assert.Equal(TestNames.Name(one), TestNames.Name(other));

    [Theory]
    [InlineData("ＡＢＣ", "abc")] // Full width is seen, so it is another name: NFC, not NFKC.
    [InlineData("ı", "i")]
    [InlineData("가나", "가다")]
    public void Equals_OtherName_IsAnother(string one, string other)
    {
        Assert.NotEqual(TestNames.Name(one), TestNames.Name(other));
        Assert.True(TestNames.Name(one) != TestNames.Name(other));
    }

    [Fact]
    public void TryParse_EveryCodePoint_NeverThrowsAndKeysAreStable()
    {
        for (int codePoint = 0; codePoint <= 0x10FFFF; codePoint++)
        {
            string text = codePoint is >= 0xD800 and <= 0xDFFF ? ((char)codePoint).ToString() : char.ConvertFromUtf32(codePoint);
            if (CharacterName.TryParse("a" + text, out CharacterName name, out _))
            {
                string which = string.Create(CultureInfo.InvariantCulture, $"U+{codePoint:X4}");
                Assert.True(TextKey.Of(name.Key) == name.Key, which);
                Assert.True(TestNames.Name(name.Display.Normalize(NormalizationForm.FormD)) == name, which);
            }
        }
    }

    [Theory]
    [InlineData("헤네시스", true)]
    [InlineData("루디브리엄 시계탑", true)]
    [InlineData("a b c", true)]
    [InlineData(" a", false)]
    [InlineData("a ", false)]
    [InlineData("a  b", false)]
    [InlineData(" ", false)]
    [InlineData("a\u00A0b", false)]
    [InlineData("a\tb", false)]
    [InlineData("\u3164", false)]
    [InlineData("", false)]
    [InlineData("123456789012345678901234567890123", false)]
    [InlineData("12345678901234567890123456789012", true)]
    public void MapName_SingleSpacesInside_AreAllowed(string text, bool isAllowed) =>
        Assert.Equal(isAllowed, MapName.TryParse(text, out _, out _));

    [Fact]
    public void MapName_ThirtyTwoSyllables_AreAllowedInBothForms()
    {
        string syllables = new('닭', MapName.MaxChars);
        Assert.Equal(TestNames.Map(syllables), TestNames.Map(syllables.Normalize(NormalizationForm.FormD)));
    }
}
