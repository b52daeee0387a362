using ChannelD.Commands;

namespace ChannelD.Limits;

/// <summary>The limits of <see cref="LimitOptions"/>, ready to be applied. Never changes: other limits are another set.</summary>
internal sealed class LimitSet
{
    /// <summary>Makes the set of checked options.</summary>
    /// <param name="options">What an operator wants.</param>
    /// <param name="ticksPerSecond">How fast the clock ticks.</param>
    public LimitSet(LimitOptions options, long ticksPerSecond)
    {
        IsOn = options.Enabled;
        UnknownNames = options.Enabled ? options.UnknownNamesPerMinute : 0;
        PerMinute = [.. Enum.GetValues<CommandClass>().Select(of => CommandLimits.PerMinute(options, of))];
        Rates = [.. Enum.GetValues<CommandClass>().Select(of => LimitRate.Of(PerMinute[(int)of], CommandLimits.Burst(options, of), ticksPerSecond))];
    }

    /// <summary>Whether there are limits at all.</summary>
    public bool IsOn { get; }

    /// <summary>How many names may be asked for in vain within a minute; 0 for any number.</summary>
    public int UnknownNames { get; }

    /// <summary>How many uses come back in a minute, by <see cref="CommandClass"/>; 0 for no limit.</summary>
    public IReadOnlyList<int> PerMinute { get; }

    /// <summary>The rates, by <see cref="CommandClass"/>.</summary>
    public LimitRate[] Rates { get; }
}
