using Gsctl.Live;

namespace Gsctl.Tests.Live;

public sealed class DistributionTests
{
    private static readonly double[] s_bounds = [0.001, 0.01, 0.1];

    [Fact]
    public void Quantile_OfNothing_IsNull() => Assert.Null(new Distribution(s_bounds).Quantile(0.5, out _));

    [Fact]
    public void Quantile_WithinABucket_IsInterpolated()
    {
        Distribution distribution = new(s_bounds);
        distribution.Add([0, 10, 0, 0], before: null);

        Assert.Equal(0.0055, distribution.Quantile(0.5, out bool isAtLeast)!.Value, 6);
        Assert.False(isAtLeast);
    }

    [Fact]
    public void Quantile_BeyondTheLastBound_IsAtLeastThat()
    {
        Distribution distribution = new(s_bounds);
        distribution.Add([1, 0, 0, 9], before: null);

        Assert.Equal(0.1, distribution.Quantile(0.99, out bool isAtLeast));
        Assert.True(isAtLeast);
    }

    [Fact]
    public void Add_OfAnInterval_TakesWhatWasBeforeAway()
    {
        Distribution distribution = new(s_bounds);
        distribution.Add([5, 6, 7, 8], [5, 4, 7, 8]);

        Assert.Equal(2, distribution.Count);
    }
}
