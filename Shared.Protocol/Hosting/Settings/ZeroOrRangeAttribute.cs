using System.ComponentModel.DataAnnotations;

namespace Shared.Protocol.Hosting.Settings;

/// <summary>A whole number that is 0 (with a meaning of its own, told in the option's documentation) or lies in a range.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ZeroOrRangeAttribute(long minimum, long maximum) : ValidationAttribute
{
    /// <summary>The least value other than 0.</summary>
    public long Minimum { get; } = minimum;

    /// <summary>The greatest value.</summary>
    public long Maximum { get; } = maximum;

    /// <inheritdoc/>
    public override bool IsValid(object? value) => value switch
    {
        null => true,
        int number => number == 0 || (number >= Minimum && number <= Maximum),
        long number => number == 0 || (number >= Minimum && number <= Maximum),
        _ => false,
    };
}
