using System.Globalization;
using System.Text;
using Shared.Protocol.Names;

namespace ChannelD.Tests.Names;

public class CaseFoldingTests
{
    [Theory]
    [InlineData("Straße", "strasse")]
    [InlineData("STRAẞE", "strasse")]
    [InlineData("İ", "i\u0307")]
    [InlineData("ı", "ı")]
    [InlineData("Σίσυφος", "σίσυφοσ")]
    [InlineData("ﬁne", "fine")]
    [InlineData("ΐ", "\u03B9\u0308\u0301")]
    [InlineData("\u13A0", "\u13A0")] // Cherokee folds to its capitals.
    [InlineData("\uAB70", "\u13A0")]
    [InlineData("\u13F8", "\u13F0")]
    [InlineData("ＡＢＣ", "ａｂｃ")]
    [InlineData("\U00010400", "\U00010428")]
    [InlineData("\U0001E900", "\U0001E922")]
    [InlineData("Ǆ", "ǆ")]
    [InlineData("ǅ", "ǆ")]
    [InlineData("\u212A", "k")]
    [InlineData("µ", "μ")]
    [InlineData("\u0345", "\u03B9")]
    [InlineData("타락Power전사", "타락power전사")]
    [InlineData("\uD800A", "\uD800a")]
    public void Fold_AsTheStandardSays(string text, string folded) => Assert.Equal(folded, CaseFolding.Fold(text));

    [Theory]
    [InlineData("")]
    [InlineData("타락파워전사")]
    [InlineData("plain-1")]
    public void Fold_NothingToFold_ReturnsTheSameObject(string text) => Assert.Same(text, CaseFolding.Fold(text));

    [Fact]
    public void Fold_LongText_FoldsAll() =>
        Assert.Equal(new string('가', 300) + string.Concat(Enumerable.Repeat("ffi", 1000)), CaseFolding.Fold(new string('가', 300) + new string('ﬃ', 1000)));

    [Fact]
    public void Fold_AllCodePoints_AreAsManyAsTheStandardLists()
    {
        // CaseFolding.txt 17.0 has 1481 lines of status C and 104 of status F.
        int changed = AllRunes().Select(rune => rune.ToString()).Count(text => CaseFolding.Fold(text) != text);
        Assert.Equal(1481 + 104, changed);
    }

    [Fact]
    public void Fold_AllCodePoints_FoldedTwiceIsFoldedOnce()
    {
        foreach (string text in AllRunes().Select(rune => rune.ToString()))
        {
            string folded = CaseFolding.Fold(text);
            Assert.True(folded == CaseFolding.Fold(folded), $"U+{char.ConvertToUtf32(text, 0):X4}");
        }
    }

    [Fact]
    public void Fold_AllCodePoints_AgreesWithTheRuntimesCaseMapping()
    {
        // The runtime's own data (one to one) comes from elsewhere; a code point that it can lower must fold like its lower-case form.
        foreach (Rune rune in AllRunes().Where(rune => rune != Rune.ToLowerInvariant(rune)))
        {
            Assert.True(
                CaseFolding.Fold(rune.ToString()) == CaseFolding.Fold(Rune.ToLowerInvariant(rune).ToString()),
                string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}"));
        }
    }

    private static IEnumerable<Rune> AllRunes() => Enumerable.Range(0, 0x110000).Where(Rune.IsValid).Select(value => new Rune(value));
}
