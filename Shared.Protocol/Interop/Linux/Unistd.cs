using System.Runtime.InteropServices;

namespace Shared.Protocol.Interop.Linux;

/// <summary><c>unistd.h</c> and <c>signal.h</c>, as far as processes and their users are concerned.</summary>
internal static partial class Unistd
{
    // signal(7): the number of x86 and Arm.
    private const int SIGTSTP = 20;

    /// <summary>The user that objects made by this process belong to. It cannot fail.</summary>
    [LibraryImport(LibC.Library)]
    internal static partial uint geteuid();

    /// <summary>The group that objects made by this process belong to. It cannot fail.</summary>
    [LibraryImport(LibC.Library)]
    internal static partial uint getegid();

    /// <summary>Whether a process of this number is there, whoever owns it. A zombie counts as there.</summary>
    internal static bool IsAlive(int pid)
    {
        if (pid <= 0)
        {
            return false;
        }

        int result = kill_private(pid, 0);
        int errno = Marshal.GetLastPInvokeError();
        return result == 0 || errno == (int)Errno.EPERM;
    }

    /// <summary>Stops the process group of this process, as the terminal does on Ctrl-Z. The kernel ignores it in an orphaned group.</summary>
    internal static void StopOwnGroup() => _ = kill_private(0, SIGTSTP);

    [LibraryImport(LibC.Library, EntryPoint = "kill", SetLastError = true)]
    private static partial int kill_private(int pid, int sig);
}
