using ChatClient.Load;

namespace ChatClient.Tests.Load;

public sealed class LoadMixTests
{
    [Fact]
    public void Draw_Weights_ComeOutAsOftenAsTheySay()
    {
        Assert.True(LoadMix.TryParse("find=90, say=10", out LoadMix? mix, out _));
        var random = new Random(7);
        int says = Enumerable.Range(0, 10_000).Count(_ => mix.Draw(random) == LoadLineKind.Say);
        Assert.InRange(says, 800, 1200);
        Assert.Equal("find=90,say=10", mix.ToString());
    }

    [Fact]
    public void Draw_OneKindAlone_IsAlwaysThatOne()
    {
        Assert.True(LoadMix.TryParse("who=3", out LoadMix? mix, out _));
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal(LoadLineKind.Who, mix.Draw(Random.Shared)));
    }

    [Theory]
    [InlineData("dance=1", "there is no 'dance'")]
    [InlineData("find", "'find' needs a weight")]
    [InlineData("find=-1", "'find=-1' needs a weight")]
    [InlineData("find=0,say=0", "all weights are 0")]
    [InlineData("", "all weights are 0")]
    public void TryParse_NoMix_SaysWhatIsWrong(string text, string problem)
    {
        Assert.False(LoadMix.TryParse(text, out _, out string? found));
        Assert.Contains(problem, found, StringComparison.Ordinal);
    }
}
