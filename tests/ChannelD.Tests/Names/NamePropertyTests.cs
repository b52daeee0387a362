using System.Text;
using Shared.Protocol.Names;
using Xunit.Abstractions;

namespace ChannelD.Tests.Names;

public class NamePropertyTests(ITestOutputHelper output)
{
    private const int Rounds = 30_000;

    // Characters that meet each other in ways worth trying: jamo, marks of several classes, folds that expand, fillers, halves of pairs.
    private static readonly string[] s_pieces =
    [
        "a", "Z", "ß", "ẞ", "İ", "ı", "Σ", "ς", "ﬁ", "ΐ", "ᾳ", "ᾼ", "Ω", "가", "닭", "\u1112", "\u1161", "\u11AB", "\u0301", "\u0308",
        "\u0345", "\u0316", "\u0327", "Å", "\u212B", "\u212A", "Ａ", "\u13A0", "\uAB70", "\U00010400", "\u0130", "\u1E9E", "/", " ",
        "\u3164", "\u200D", "\uD800", "\uDC00", "\u0000", "😀", "日", "ǆ", "\uFFFE", "\u0F73", "\u0344",
    ];

    [Fact]
    public void TryParse_RandomTexts_ObeysItsLaws()
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        int accepted = 0;
        for (int round = 0; round < Rounds; round++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 8)).Select(_ => s_pieces[random.Next(s_pieces.Length)]));
            if (!CharacterName.TryParse(text, out CharacterName name, out NameFault fault))
            {
                Assert.NotEqual(NameFault.None, fault);
                continue;
            }

            accepted++;
            string shown = string.Join(' ', text.Select(c => ((int)c).ToString("X4", null)));
            Assert.True(name.Display.IsNormalized(), shown);
            Assert.True(TextKey.Of(name.Key) == name.Key, shown);
            AssertSameName(text.Normalize(NormalizationForm.FormC), name, shown);
            AssertSameName(text.Normalize(NormalizationForm.FormD), name, shown);
            Assert.True(TextKey.Of(name.Display.ToUpperInvariant()) == name.Key, shown);
            AssertPlainWayAgrees(text, name, shown);
        }

        Assert.True(accepted > Rounds / 100, $"Only {accepted} of {Rounds} texts were names: the test tries too little.");
    }

    private static void AssertSameName(string spelling, CharacterName name, string shown)
    {
        Assert.True(CharacterName.TryParse(spelling, out CharacterName same, out NameFault fault), $"{shown}: {fault}");
        Assert.True(same == name, shown);
    }

    private static void AssertPlainWayAgrees(string text, CharacterName name, string shown)
    {
        Span<char> key = stackalloc char[CharacterName.MaxGraphemes];
        if (PlainText.TryWriteNameKey(text, key))
        {
            Assert.True(key[..text.Length].SequenceEqual(name.Key), shown);
        }
    }

    [Theory]
    [InlineData("타락Power9")]
    [InlineData("a")]
    [InlineData("abcdefghijkl")]
    public void TryWriteNameKey_PlainName_IsTheParsedNamesKey(string text)
    {
        Span<char> key = stackalloc char[CharacterName.MaxGraphemes];
        Assert.True(PlainText.TryWriteNameKey(text, key));
        Assert.True(CharacterName.TryParse(text, out CharacterName name, out _));
        Assert.Equal(name.Key, key[..text.Length].ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a b")]
    [InlineData("é")]
    [InlineData("abcdefghijklm")]
    [InlineData("\u3164")]
    public void TryWriteNameKey_OtherText_LeavesItToTheParser(string text) =>
        Assert.False(PlainText.TryWriteNameKey(text, stackalloc char[CharacterName.MaxGraphemes]));
}
