using System.Globalization;

namespace Measuring;

/// <summary>What a process has used since its start.</summary>
/// <param name="AllocatedBytes">Managed memory, in bytes; 0 of a process that is not .NET's.</param>
/// <param name="Switches">Context switches of all threads, asked for or not; of another process, of those that still run.</param>
/// <param name="CpuNs">Processor time of these threads, of the program and of the kernel on its behalf, in nanoseconds.</param>
public readonly record struct ProcessUsage(long AllocatedBytes, long Switches, long CpuNs)
{
    /// <summary>What was used between two moments.</summary>
    public static ProcessUsage operator -(ProcessUsage later, ProcessUsage earlier) => new(
        later.AllocatedBytes - earlier.AllocatedBytes, later.Switches - earlier.Switches, later.CpuNs - earlier.CpuNs);

    /// <summary>What two used together.</summary>
    public static ProcessUsage operator +(ProcessUsage one, ProcessUsage other) => new(
        one.AllocatedBytes + other.AllocatedBytes, one.Switches + other.Switches, one.CpuNs + other.CpuNs);

    /// <summary>Reads this process at the start of what is measured: the memory last, for nothing may be allocated after it.</summary>
    public static ProcessUsage AtStart()
    {
        (long switches, long cpuNs) = ResourceUsage.Read();
        return new ProcessUsage(GC.GetTotalAllocatedBytes(precise: true), switches, cpuNs);
    }

    /// <summary>Reads this process at the end of what is measured: the memory first.</summary>
    public static ProcessUsage AtEnd()
    {
        long allocatedBytes = GC.GetTotalAllocatedBytes(precise: true);
        (long switches, long cpuNs) = ResourceUsage.Read();
        return new ProcessUsage(allocatedBytes, switches, cpuNs);
    }

    /// <summary>Reads another process, by its id; nothing where it has ended.</summary>
    public static ProcessUsage Of(int processId)
    {
        string tasks = string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/task");
        return Directory.Exists(tasks) ? new ProcessUsage(0, CountSwitches(tasks), CountCpuNs(tasks)) : default;
    }

    private static long CountSwitches(string tasks)
    {
        long switches = 0;
        foreach (string line in ReadAll(tasks, "status"))
        {
            if (line.Contains("ctxt_switches:", StringComparison.Ordinal))
            {
                switches += long.Parse(line.AsSpan(line.IndexOf(':', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
            }
        }

        return switches;
    }

    // The first of three numbers: what the thread has run, in nanoseconds. /proc/PID/stat counts in hundredths of a second.
    private static long CountCpuNs(string tasks) =>
        ReadAll(tasks, "schedstat").Sum(line => long.Parse(line.AsSpan(0, line.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture));

    private static IEnumerable<string> ReadAll(string tasks, string name) => Directory.EnumerateDirectories(tasks).SelectMany(thread => ReadLines(thread, name));

    private static string[] ReadLines(string thread, string name)
    {
        try
        {
            return File.ReadAllLines(Path.Combine(thread, name));
        }
        catch (IOException)
        {
            // It has ended.
            return [];
        }
    }
}
