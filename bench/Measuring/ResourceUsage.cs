using System.Runtime.InteropServices;

namespace Measuring;

/// <summary><c>getrusage(2)</c> of this process, with the threads that have ended: <c>/proc</c> forgets those.</summary>
internal static unsafe partial class ResourceUsage
{
    private const int RUSAGE_SELF = 0;
    private const long NsPerSecond = 1_000_000_000;
    private const long NsPerUs = 1_000;

    // struct rusage: two times of two longs each, and fourteen longs.
    private const int Longs = 18;
    private const int SwitchesAskedFor = 16;
    private const int SwitchesForced = 17;

    /// <summary>Context switches, and processor time in nanoseconds, since its start.</summary>
    internal static (long Switches, long CpuNs) Read()
    {
        nint* usage = stackalloc nint[Longs];
        _ = getrusage(RUSAGE_SELF, usage);
        long seconds = usage[0] + usage[2];
        long microseconds = usage[1] + usage[3];
        return (usage[SwitchesAskedFor] + usage[SwitchesForced], (seconds * NsPerSecond) + (microseconds * NsPerUs));
    }

#pragma warning disable IDE1006 // C's name.
    [LibraryImport("libc")]
    private static partial int getrusage(int who, nint* usage);
#pragma warning restore IDE1006
}
