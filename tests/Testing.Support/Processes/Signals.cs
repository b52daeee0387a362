using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Testing.Support.Processes;

/// <summary>Sends signals to processes that the tests have started.</summary>
internal static partial class Signals
{
    internal const int SigHup = 1;
    internal const int SigTerm = 15;
    internal const int SigKill = 9;

    // The numbers of x86 and ARM; other machines of Linux have others for these two.
    internal const int SigCont = 18;
    internal const int SigStop = 19;

    /// <summary>Sends a signal.</summary>
    /// <exception cref="Win32Exception">The process is not there, or not ours.</exception>
    internal static void Send(int processId, int signal)
    {
        if (kill(processId, signal) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int kill(int pid, int sig);
}
