using System.Globalization;
using System.Text;
using System.Text.Json;
using Shared.Terminal;

namespace ChatClient.Tests.Output;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("타락파워전사 abc 😀 é", "타락파워전사 abc 😀 é")]
    [InlineData("\u001b[31m", "\\u001b[31m")]
    [InlineData("a\r\n\tb", "a\\u000d\\u000a\\u0009b")]
    [InlineData("\u007f\u0080\u009f", "\\u007f\\u0080\\u009f")]
    [InlineData("\u202e\u2066\u200e\u2028\u2029\ufeff", "\\u202e\\u2066\\u200e\\u2028\\u2029\\ufeff")]
    [InlineData("\U000E0001", "\\U000e0001")]
    public void Of_Text_EscapesWhatATerminalActsOn(string text, string expected) => Assert.Equal(expected, VisibleText.Of(text));

    [Fact]
    public void Of_HalfASurrogatePair_IsEscaped() => Assert.Equal("a\\ud83db", VisibleText.Of("a\ud83db"));

    [Fact]
    public void AppendVisible_LineFeedWithContinuation_IsReplaced()
    {
        var output = new StringBuilder();
        VisibleText.AppendVisible(output, "가\n나", "\n  ");
        Assert.Equal("가\n  나", output.ToString());
    }

    [Fact]
    public void JsonEncoder_EveryCharacter_IsPrintedOnlyIfHarmless()
    {
        for (int value = 0; value <= 0x10FFFF; value++)
        {
            if (!Rune.IsValid(value))
            {
                continue;
            }

            string json = JsonEncodedText.Encode(new Rune(value).ToString(), VisibleJsonEncoder.Instance).ToString();
            bool isRaw = json.Length == 0 || Rune.GetRuneAt(json, 0).Value == value;
            Assert.True(!isRaw || VisibleText.IsHarmless(new Rune(value)), $"U+{value.ToString("X4", CultureInfo.InvariantCulture)} is raw");
            Assert.True(isRaw || value is < 0xAC00 or > 0xD7A3, $"U+{value.ToString("X4", CultureInfo.InvariantCulture)} is escaped");
        }
    }
}
