namespace Shared.Protocol.Transport.Idle;

/// <summary>From a number of a configuration to the strategy of a thread.</summary>
public static class IdleStrategies
{
    /// <summary>
    /// How long threads look again where nothing else is set, in microseconds: about what one wake-up costs. Who looks that long before he sleeps pays at most
    /// twice what the better of both would have cost, whatever comes. Without processors to spare they do so only while several requests are under way.
    /// </summary>
    public const int DefaultSpinUs = 20;

    // Two daemons with two reading threads each that have work at once, and somebody has to send it. With fewer processors a thread that spins keeps away
    // the one that it waits for.
    private const int LeastProcessors = 4;

    /// <summary>Makes a strategy for each thread that asks.</summary>
    /// <param name="spinUs">How long to look again, in microseconds; 0 to sleep at once; null for what suits this many processors.</param>
    public static Func<IIdleStrategy> For(int? spinUs)
    {
        switch (spinUs)
        {
            case null:
                return DefaultFor(Environment.ProcessorCount);
            case 0:
                return static () => BlockingIdleStrategy.Instance;
            default:
                ArgumentOutOfRangeException.ThrowIfNegative(spinUs.Value, nameof(spinUs));
                var spinTime = TimeSpan.FromMicroseconds(spinUs.Value);
                return () => new SpinningIdleStrategy(spinTime);
        }
    }

    /// <summary>The default for so many processors. .NET counts those that this process may use: its affinity and its control group's quota.</summary>
    /// <param name="processors">How many.</param>
    public static Func<IIdleStrategy> DefaultFor(int processors)
    {
        var lookTime = TimeSpan.FromMicroseconds(DefaultSpinUs);
        return processors < LeastProcessors ? () => new YieldingIdleStrategy(lookTime) : () => new SpinningIdleStrategy(lookTime);
    }
}
