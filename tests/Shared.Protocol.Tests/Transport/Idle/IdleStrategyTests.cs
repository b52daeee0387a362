using System.Diagnostics;
using Shared.Protocol.Transport.Idle;

namespace Shared.Protocol.Tests.Transport.Idle;

public sealed class IdleStrategyTests
{
    private static readonly TimeSpan s_time = TimeSpan.FromMilliseconds(5);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void LooksAgain_OfBlocking_SleepsAtOnce(bool isBusy)
    {
        Assert.False(BlockingIdleStrategy.Instance.LooksAgain(isBusy));
        Assert.False(BlockingIdleStrategy.Instance.TryPause());
    }

    [Fact]
    public void TryPause_OfSpinning_LooksAgainForItsTimeAndThenSleepsUntilAFrameComes()
    {
        var idle = new SpinningIdleStrategy(s_time);
        Assert.True(idle.LooksAgain(isBusy: false));
        LookInVain(idle);
        Assert.False(idle.TryPause());
        idle.OnFrame();
        Assert.True(idle.TryPause());
    }

    [Fact]
    public void TryPause_OfYielding_LooksAgainForItsTime()
    {
        var idle = new YieldingIdleStrategy(s_time);
        Assert.True(idle.LooksAgain(isBusy: true));
        LookInVain(idle);
    }

    [Fact]
    public void LooksAgain_OfYieldingWhereNothingElseIsUnderWay_SleepsAtOnce() => Assert.False(new YieldingIdleStrategy(s_time).LooksAgain(isBusy: false));

    [Fact]
    public void LooksAgain_OfYieldingAfterLooksInVain_SleepsAtOnceForTwiceAsLongEachTimeUpToABound()
    {
        var idle = new YieldingIdleStrategy(TimeSpan.FromMicroseconds(1));
        foreach (int skips in (int[])[1, 2, 4, 8, 16, 32, 64, 64])
        {
            Assert.True(idle.LooksAgain(isBusy: true));
            while (idle.TryPause())
            {
            }

            // Frames that it was woken for say nothing of what looking would have found.
            idle.OnFrame();
            for (int i = 0; i < skips; i++)
            {
                Assert.False(idle.LooksAgain(isBusy: true));
            }
        }
    }

    [Fact]
    public void LooksAgain_OfYieldingAfterALookThatFound_LooksAgainEachTime()
    {
        var idle = new YieldingIdleStrategy(s_time);
        LookInVain(idle);
        Assert.False(idle.LooksAgain(isBusy: true));
        Assert.True(idle.LooksAgain(isBusy: true));
        Assert.True(idle.TryPause());
        idle.OnFrame();
        LookInVain(idle);

        // As after the first one: what was in vain before is forgotten.
        Assert.False(idle.LooksAgain(isBusy: true));
        Assert.True(idle.LooksAgain(isBusy: true));
    }

    [Theory]
    [InlineData(1, typeof(YieldingIdleStrategy))]
    [InlineData(2, typeof(YieldingIdleStrategy))]
    [InlineData(3, typeof(YieldingIdleStrategy))]
    [InlineData(4, typeof(SpinningIdleStrategy))]
    [InlineData(64, typeof(SpinningIdleStrategy))]
    public void DefaultFor_SoManyProcessors_SpinsWhereSomeAreToSpare(int processors, Type strategy) => Assert.IsType(strategy, IdleStrategies.DefaultFor(processors)());

    [Fact]
    public void For_ANumber_MakesOneForEachThread()
    {
        Assert.Same(BlockingIdleStrategy.Instance, IdleStrategies.For(0)());
        Func<IIdleStrategy> spinning = IdleStrategies.For(10);
        Assert.IsType<SpinningIdleStrategy>(spinning());
        Assert.NotSame(spinning(), spinning());
        Assert.IsType(IdleStrategies.DefaultFor(Environment.ProcessorCount)().GetType(), IdleStrategies.For(null)());
        Assert.Throws<ArgumentOutOfRangeException>(() => IdleStrategies.For(-1));
    }

    private static void LookInVain(IIdleStrategy idle)
    {
        long started = Stopwatch.GetTimestamp();
        int looks = 0;
        while (idle.TryPause())
        {
            looks++;
        }

        Assert.True(Stopwatch.GetElapsedTime(started) >= s_time);
        Assert.True(looks > 0);
    }
}
