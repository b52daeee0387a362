using Shared.Operations.Metrics;

namespace Shared.Operations.Tests.Metrics;

public sealed class LabelsTests
{
    private enum Speed
    {
        VerySlow,
    }

    [Fact]
    public void Of_NastyValues_AreEscapedAndSorted()
    {
        string labels = Labels.Of([new("z", "a\\b\"c\nd"), new("a.b", Speed.VerySlow), new("n", 5), new("t", true), new("none", null)]);

        Assert.Equal("""a_b="very_slow",n="5",none="",t="true",z="a\\b\"c\nd" """.TrimEnd(), labels);
    }

    [Fact]
    public void Of_TagsThatBecomeTheSameLabel_KeepsTheFirst() => Assert.Equal("a_b=\"1\"", Labels.Of([new("a.b", 1), new("a_b", 2)]));

    [Fact]
    public void Of_EndlessValue_IsCut() => Assert.Equal(128 + 4, Labels.Of([new("a", new string('x', 5000))]).Length);

    [Fact]
    public void Of_UnpairedSurrogate_IsReplaced() => Assert.Equal("a=\"\uFFFD\"", Labels.Of([new("a", "\uD800")]));

    [Theory]
    [InlineData("plain")]
    [InlineData("a\"b\\c\nd,e=f")]
    [InlineData("")]
    public void Parse_OfWhatWasWritten_IsTheSame(string value)
    {
        KeyValuePair<string, object?>[] tags = [new("zone", value), new("call", "msgsnd")];

        Assert.Equal(new Dictionary<string, string> { ["call"] = "msgsnd", ["zone"] = value }, Labels.Parse(Labels.Of(tags)));
        Assert.Empty(Labels.Parse(string.Empty));
    }
}
