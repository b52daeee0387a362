using Shared.Protocol.Diagnostics;

namespace Shared.Protocol.Tests.Diagnostics;

public sealed class UserTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("타락파워전사 plain", "타락파워전사 plain")]
    [InlineData("😀é", "😀é")]
    [InlineData("a\r\nb\tc", "a\\u000d\\u000ab\\u0009c")]
    [InlineData("\u001b]0;x\u0007", "\\u001b]0;x\\u0007")]
    [InlineData("\u007f\u0080\u009f", "\\u007f\\u0080\\u009f")]
    [InlineData("\u2028\u2029", "\\u2028\\u2029")]
    [InlineData("\u061c\u200e\u200f\u202a\u202e\u2066\u2069\ufeff", "\\u061c\\u200e\\u200f\\u202a\\u202e\\u2066\\u2069\\ufeff")]
    [InlineData("\U000e0041", "\\udb40\\udc41")]
    [InlineData("back\\slash", "back\\slash")]
    public void Escape_Text_EscapesWhatActs(string text, string expected)
    {
        Assert.Equal(expected, UserText.Escape(text));
        Assert.Equal(text == expected, UserText.IsClean(text));
    }

    [Fact]
    public void Escape_LoneSurrogates_AreEscaped() => Assert.Equal("x\\ud800y\\udc00", UserText.Escape("x" + (char)0xd800 + "y" + (char)0xdc00));

    [Fact]
    public void Escape_EveryUnit_LeavesNoControl()
    {
        for (int unit = 0; unit <= char.MaxValue; unit++)
        {
            string escaped = UserText.Escape(((char)unit).ToString());

            Assert.DoesNotContain(escaped, character => char.IsControl(character) || char.IsSurrogate(character));
            Assert.Equal(escaped, UserText.Escape(escaped));
        }
    }

    [Fact]
    public void Escape_CleanText_IsTheSameInstance()
    {
        string clean = new('가', 40);

        Assert.Same(clean, UserText.Escape(clean));
    }

    [Theory]
    [InlineData("abcd", 4, "\"abcd\"")]
    [InlineData("abcde", 4, "\"abcd…\" (5 characters)")]
    [InlineData("abc😀", 4, "\"abc…\" (5 characters)")]
    [InlineData("a\nb", 4, "\"a\\u000ab\"")]
    public void Quote_Text_CutsAtACharacter(string text, int maxChars, string expected) => Assert.Equal(expected, UserText.Quote(text, maxChars));
}
