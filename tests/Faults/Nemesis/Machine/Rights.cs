using System.Globalization;

namespace Faults.Nemesis.Machine;

/// <summary>What the runner may do on this machine.</summary>
internal static class Rights
{
    // capability(7)
    private const int CapIpcOwner = 15;
    private const int CapSysAdmin = 21;

    public static bool MayMount { get; } = Has(CapSysAdmin) && HasProgram("mount");

    /// <summary>Whether the modes of queues do not count for the runner and what he starts.</summary>
    public static bool OverridesModes { get; } = Has(CapIpcOwner);

    public static bool HasCompiler { get; } = HasProgram("cc");

    private static bool Has(int capability)
    {
        const string Label = "CapEff:";
        string line = File.ReadLines("/proc/self/status").First(static text => text.StartsWith(Label, StringComparison.Ordinal));
        return (ulong.Parse(line.AsSpan(Label.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & (1UL << capability)) != 0;
    }

    private static bool HasProgram(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':').Any(folder => File.Exists(Path.Combine(folder, name)));
}
