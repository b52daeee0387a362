using System.Diagnostics;
using Shared.Protocol.Transport.Idle;

namespace Shared.Protocol.Tests.Transport.Idle;

public sealed class IdleStrategyTests
{
    [Fact]
    public void TryPause_OfBlocking_SleepsAtOnce()
    {
        Assert.False(BlockingIdleStrategy.Instance.LooksAgain);
        Assert.False(BlockingIdleStrategy.Instance.TryPause());
    }

    [Fact]
    public void TryPause_OfSpinning_LooksAgainForItsTimeAndThenSleepsUntilAFrameComes()
    {
        var time = TimeSpan.FromMilliseconds(5);
        var idle = new SpinningIdleStrategy(time);
        long started = Stopwatch.GetTimestamp();
        int looks = 0;
        while (idle.TryPause())
        {
            looks++;
        }

        Assert.True(Stopwatch.GetElapsedTime(started) >= time);
        Assert.True(looks > 0);
        Assert.False(idle.TryPause());
        idle.OnFrame();
        Assert.True(idle.TryPause());
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 0)]
    [InlineData(4, IdleStrategies.DefaultSpinUs)]
    [InlineData(64, IdleStrategies.DefaultSpinUs)]
    public void DefaultFor_SoManyProcessors_SpinsWhereSomeAreToSpare(int processors, int spinUs) => Assert.Equal(spinUs, IdleStrategies.DefaultFor(processors));

    [Fact]
    public void For_ANumber_MakesOneForEachThread()
    {
        Assert.Same(IdleStrategies.For(0)(), BlockingIdleStrategy.Instance);
        Func<IIdleStrategy> spinning = IdleStrategies.For(10);
        Assert.NotSame(spinning(), spinning());
        Assert.Equal(IdleStrategies.DefaultFor(Environment.ProcessorCount) > 0, IdleStrategies.For(null)().LooksAgain);
        Assert.Throws<ArgumentOutOfRangeException>(() => IdleStrategies.For(-1));
    }
}
