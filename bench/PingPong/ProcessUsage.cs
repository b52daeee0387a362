using System.Globalization;

namespace PingPong;

/// <summary>What this process has used since its start.</summary>
/// <param name="AllocatedBytes">Managed memory, in bytes.</param>
/// <param name="Switches">Context switches of all threads, asked for or not.</param>
internal readonly record struct ProcessUsage(long AllocatedBytes, long Switches)
{
    /// <summary>What was used between two moments.</summary>
    public static ProcessUsage operator -(ProcessUsage later, ProcessUsage earlier) =>
        new(later.AllocatedBytes - earlier.AllocatedBytes, later.Switches - earlier.Switches);

    /// <summary>Reads it at the start of what is measured. Reading the switches allocates, so they come first.</summary>
    internal static ProcessUsage AtStart()
    {
        long switches = CountSwitches();
        return new ProcessUsage(GC.GetTotalAllocatedBytes(precise: true), switches);
    }

    /// <summary>Reads it at the end of what is measured: the switches last.</summary>
    internal static ProcessUsage AtEnd()
    {
        long allocatedBytes = GC.GetTotalAllocatedBytes(precise: true);
        return new ProcessUsage(allocatedBytes, CountSwitches());
    }

    private static long CountSwitches()
    {
        long switches = 0;
        foreach (string thread in Directory.EnumerateDirectories("/proc/self/task"))
        {
            foreach (string line in ReadStatus(thread))
            {
                if (line.Contains("ctxt_switches:", StringComparison.Ordinal))
                {
                    switches += long.Parse(line.AsSpan(line.IndexOf(':', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
                }
            }
        }

        return switches;
    }

    private static string[] ReadStatus(string thread)
    {
        try
        {
            return File.ReadAllLines(Path.Combine(thread, "status"));
        }
        catch (IOException)
        {
            // It has ended.
            return [];
        }
    }
}
