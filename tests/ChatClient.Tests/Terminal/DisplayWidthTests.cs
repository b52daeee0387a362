using Shared.Terminal;

namespace ChatClient.Tests.Terminal;

public sealed class DisplayWidthTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("abc ~", 5)]
    [InlineData("타락파워전사", 12)]
    [InlineData("\u1112\u1161\u11ab", 2)]
    [InlineData("e\u0301", 1)]
    [InlineData("ㄱㅏ", 4)]
    [InlineData("漢字かな", 8)]
    [InlineData("ＡＢ", 4)]
    [InlineData("😀", 2)]
    [InlineData("✓✗»", 3)]
    [InlineData("가\u200d나", 4)]
    public void Of_Text_IsItsColumns(string text, int columns) => Assert.Equal(columns, DisplayWidth.Of(text));
}
