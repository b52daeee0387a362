using System.Globalization;

namespace ChannelD.Commands;

/// <summary>Numbers as texts, without a new string for the small ones.</summary>
internal static class Numbers
{
    private static readonly string[] s_small =
        [.. Enumerable.Range(0, 257).Select(number => number.ToString(CultureInfo.InvariantCulture))];

    public static string Format(int number) =>
        (uint)number < (uint)s_small.Length ? s_small[number] : number.ToString(CultureInfo.InvariantCulture);
}
