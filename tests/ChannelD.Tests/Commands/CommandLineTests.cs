using ChannelD.Commands;

namespace ChannelD.Tests.Commands;

public class CommandLineTests
{
    [Theory]
    [InlineData("/찾기 전사", "찾기", "전사")]
    [InlineData("  /찾기   전사  ", "찾기", "전사")]
    [InlineData("/찾기\u3000전사", "찾기", "전사")]
    [InlineData("/move a b", "move", "a b")]
    [InlineData("/who\r\n", "who", "")]
    [InlineData("//", "/", "")]
    public void TryParse_Command_IsCut(string line, string name, string argument)
    {
        Assert.True(CommandLine.TryParse(line, out CommandLine command));
        Assert.Equal((name, argument), (command.Name.ToString(), command.Argument.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("/")]
    [InlineData("/ 찾기")]
    [InlineData("찾기 전사")]
    [InlineData("／찾기 전사")]
    public void TryParse_NoCommand_IsFalse(string? line) => Assert.False(CommandLine.TryParse(line, out _));

    [Theory]
    [InlineData("", true)]
    [InlineData("타락 power é 😀", true)]
    [InlineData("a\tb", false)]
    [InlineData("a\u001Bb", false)]
    [InlineData("\u009B", false)]
    [InlineData("\u007F", false)]
    [InlineData("\u2028", false)]
    [InlineData("\u2029", false)]
    [InlineData("\u3164", true)] // A letter by its category; that it is no name is for the name's rules to say.
    public void IsText_Controls_AreNot(string text, bool expected) => Assert.Equal(expected, CommandLine.IsText(text));

    [Fact]
    public void IsText_LoneSurrogate_IsNot()
    {
        Assert.False(CommandLine.IsText("a\uD800"));
        Assert.False(CommandLine.IsText("\uDC00a"));
    }
}
