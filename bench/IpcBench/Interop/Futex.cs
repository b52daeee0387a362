using System.Runtime.InteropServices;

namespace IpcBench.Interop;

/// <summary><c>futex(2)</c>, <c>sched_yield(2)</c> and <c>nanosleep(2)</c>: waiting for a word in shared memory.</summary>
internal static unsafe partial class Futex
{
    private const int FUTEX_WAIT = 0;
    private const int FUTEX_WAKE = 1;

    // syscall(2) has no wrapper for it, and its number is the processor's.
    private static readonly nint s_number = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 202,
        Architecture.Arm64 => 98,
        _ => 0,
    };

    /// <summary>Whether its number is known here.</summary>
    internal static bool IsKnown => s_number != 0;

    /// <summary>Sleeps until somebody wakes the word, unless it has another value; a second at most. The caller looks again in any case.</summary>
    internal static void Wait(uint* word, uint value)
    {
        // struct timespec, for a relative time.
        long* second = stackalloc long[] { 1, 0 };
        _ = syscall(s_number, word, FUTEX_WAIT, (nint)value, second, null, 0);
    }

    /// <summary>Wakes who sleeps on a word.</summary>
    internal static void Wake(uint* word) => _ = syscall(s_number, word, FUTEX_WAKE, 1, null, null, 0);

    /// <summary>Lets others of this core go first.</summary>
    internal static void Yield() => _ = sched_yield();

    /// <summary>Naps.</summary>
    /// <param name="ns">In nanoseconds, below a second. The kernel adds some 50 µs of its own.</param>
    internal static void Nap(long ns)
    {
        long* time = stackalloc long[] { 0, ns };
        _ = nanosleep(time, null);
    }

    [LibraryImport(LibC.Library)]
    private static partial nint syscall(nint number, uint* word, nint operation, nint value, long* timeout, uint* word2, nint value3);

    [LibraryImport(LibC.Library)]
    private static partial int sched_yield();

    [LibraryImport(LibC.Library)]
    private static partial int nanosleep(long* time, long* remaining);
}
