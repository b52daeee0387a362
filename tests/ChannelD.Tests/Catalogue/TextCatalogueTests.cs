using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Commands;

namespace ChannelD.Tests.Catalogue;

public class TextCatalogueTests
{
    private static readonly TextCatalogue s_texts = new(
    [
        new CatalogueText("find", "not_found", "{0}님을 찾을 수 없습니다.", "{0} cannot be found."),
        new CatalogueText("find", "half", "한국어만", string.Empty),
    ]);

    [Theory]
    [InlineData(Language.Korean, "find", "not_found", "a님을 찾을 수 없습니다.")]
    [InlineData(Language.English, "find", "not_found", "a cannot be found.")]
    [InlineData((Language)99, "find", "not_found", "a님을 찾을 수 없습니다.")]
    [InlineData(Language.English, "find", "half", "한국어만")]
    [InlineData(Language.Korean, "find", "unknown_command", "알 수 없는 명령입니다.")]
    [InlineData(Language.Korean, "", "unknown_command", "알 수 없는 명령입니다.")]
    [InlineData(Language.Korean, "who", "not_found", "not_found")]
    [InlineData(Language.Korean, "", "odd\u001Bcode", "oddcode")]
    public void Render_Code_FallsBackStepByStep(Language language, string command, string code, string expected) =>
        Assert.Equal(expected, s_texts.Render(language, command, code, ["a"]));

    [Theory]
    [InlineData("{0}", "{0}")] // An argument is not looked at again.
    [InlineData("{1}", "{1}")]
    [InlineData("{", "{")]
    [InlineData("{{0}}", "{{0}}")]
    [InlineData("a\u001B[2J\r\nb\u2028\u009B", "a[2Jb")]
    [InlineData("a\u202Eb\u2066", "ab")]
    [InlineData("전사😀é", "전사😀é")]
    public void Fill_AnyArgument_IsCopiedWithoutWhatActsOnAScreen(string argument, string shown) =>
        Assert.Equal($"[{shown}]", TextTemplate.Fill("[{0}]", [argument, "other"]));

    [Fact]
    public void Fill_LoneSurrogate_IsLeftOut() => Assert.Equal("ab", TextTemplate.Fill("{0}", ["a\uD800b\uDC00"]));

    [Theory]
    [InlineData("{1}{0}{1}", "bab")]
    [InlineData("{2}x", "x")]
    [InlineData("{x} {} { {0", "{x} {} { {0")]
    [InlineData("{{0}}", "{a}")]
    [InlineData("{+1}{ 1}{-1}", "{+1}{ 1}{-1}")]
    [InlineData("{32}{99}", "{32}{99}")]
    [InlineData("", "")]
    public void Fill_Templates_OnlyNumbersInBracesArePlaces(string template, string expected) =>
        Assert.Equal(expected, TextTemplate.Fill(template, ["a", "b"]));

    [Theory]
    [InlineData("", 0)]
    [InlineData("{0}{1}", 3)]
    [InlineData("{31}", int.MinValue)]
    [InlineData("{x}{{2}}", 4)]
    public void PlacesOf_Template_SetsABitEach(string template, int places) => Assert.Equal(places, TextTemplate.PlacesOf(template));

    [Fact]
    public void Common_BeforeAnyCatalogue_HasTheContractsSentence() =>
        Assert.Equal("알 수 없는 명령입니다.", TextCatalogue.Common.Render(Language.Korean, string.Empty, CommonCodes.UnknownCommand, []));
}
