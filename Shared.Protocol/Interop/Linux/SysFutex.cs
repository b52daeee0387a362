using System.Runtime.InteropServices;

namespace Shared.Protocol.Interop.Linux;

/// <summary>
/// <c>linux/futex.h</c>: sleeping on a word in memory that several processes see. Never FUTEX_PRIVATE: that is for the threads of one process.
/// </summary>
internal static unsafe partial class SysFutex
{
    internal const int FUTEX_WAIT = 0;
    internal const int FUTEX_WAKE = 1;

#pragma warning disable IDE1006 // C's name. syscall(2) has no wrapper for it, and its number is the machine's.
    internal static int SYS_futex { get; } = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 98 : 202;
#pragma warning restore IDE1006

    /// <summary>
    /// Sleeps until the word is woken, at most so long; not at all where it has another value. Returns for no reason as well (a signal), so the caller looks again.
    /// </summary>
    internal static void Wait(uint* word, uint value, TimeSpan timeout)
    {
        var time = TimeSpec.From(timeout);
        _ = syscall(SYS_futex, word, FUTEX_WAIT, (nint)value, &time, null, 0);
    }

    /// <summary>Wakes one who sleeps on the word.</summary>
    internal static void WakeOne(uint* word) => _ = syscall(SYS_futex, word, FUTEX_WAKE, 1, null, null, 0);

    [LibraryImport(LibC.Library)]
    private static partial nint syscall(nint number, uint* word, nint operation, nint value, TimeSpec* timeout, uint* word2, nint value3);
}
