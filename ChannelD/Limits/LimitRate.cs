namespace ChannelD.Limits;

/// <summary>
/// A token bucket's size and speed. Its fill is a single number, the time at which the bucket is full again: a use puts that off by one interval, and
/// is refused where that would be more than a whole bucket ahead. (The generic cell rate algorithm.)
/// </summary>
/// <param name="IntervalTicks">The time in which one use comes back, in ticks of the clock; 0 for no limit.</param>
/// <param name="Burst">How many uses a full bucket holds.</param>
internal readonly record struct LimitRate(long IntervalTicks, int Burst)
{
    public static LimitRate Of(int perMinute, int burst, long ticksPerSecond) =>
        new(perMinute == 0 ? 0 : Math.Max(1, 60 * ticksPerSecond / perMinute), burst);

    /// <summary>Takes a use out of a bucket.</summary>
    /// <param name="fullAtTicks">When the bucket is full again.</param>
    /// <param name="nowTicks">The time.</param>
    /// <param name="waitTicks">Where there is none: how long until there is.</param>
    public bool TryTake(ref long fullAtTicks, long nowTicks, out long waitTicks)
    {
        waitTicks = 0;
        if (IntervalTicks == 0)
        {
            return true;
        }

        long next = Math.Max(fullAtTicks, nowTicks) + IntervalTicks;
        waitTicks = next - nowTicks - (IntervalTicks * Burst);
        if (waitTicks > 0)
        {
            return false;
        }

        fullAtTicks = next;
        return true;
    }

    /// <summary>
    /// Has a bucket go on at another rate. As many uses as were taken out of it and have not come back are missing from then on, but never more than
    /// the new bucket holds. So nobody is given a use by a change, and nobody waits longer for the next than one new interval. A bucket that had no
    /// limit begins full.
    /// </summary>
    /// <param name="fullAtTicks">When the bucket is full again, at this rate.</param>
    /// <param name="nowTicks">The time.</param>
    /// <param name="to">The rate from now on.</param>
    /// <returns>When the bucket is full again, at that rate.</returns>
    public long Convert(long fullAtTicks, long nowTicks, LimitRate to)
    {
        if (IntervalTicks == 0 || to.IntervalTicks == 0 || fullAtTicks <= nowTicks)
        {
            return long.MinValue;
        }

        double missing = Math.Min((double)(fullAtTicks - nowTicks) / IntervalTicks, to.Burst);
        return nowTicks + (long)(missing * to.IntervalTicks);
    }
}
