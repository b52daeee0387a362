using IpcBench.Exchanging;
using IpcBench.Running;

namespace Bench.Tests.Mechanisms;

internal static class SampleAssert
{
    /// <summary>Says nothing of how fast anything was, only that the figures can be true together.</summary>
    public static void IsSound(Sample sample, int inFlight)
    {
        Assert.True(sample.RoundTrips > 0 && sample.PerSecond > 0, $"{sample}");
        Assert.InRange(sample.Reached, 1, inFlight);
        Assert.Equal(Quantiles.Shares.Count, sample.QuantilesUs.Count);
        Assert.Equal(sample.QuantilesUs.Order(), sample.QuantilesUs);
        Assert.True(sample.QuantilesUs[^1] > 0, $"{sample}");
        Assert.True(sample.Switches >= 0 && sample.CpuUs >= 0 && sample.AllocatedBytes >= 0, $"{sample}");
    }
}
