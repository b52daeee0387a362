using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Shared.Protocol.Interop.Linux;

/// <summary>
/// <c>sys/sem.h</c>: System V semaphore sets. <c>semctl</c> is variadic in C; on Linux, x86-64 and arm64 alike, its fourth argument
/// travels in the same register as a fixed one would.
/// </summary>
internal static unsafe partial class SysSem
{
    internal const int SEM_UNDO = 0x1000;
    internal const int GETPID = 11;
    internal const int GETVAL = 12;
    internal const int SETVAL = 16;
    internal const int SEM_STAT_ANY = 20;

    /// <summary>The id of the set of a key. <see cref="Errno.EINVAL"/> when creating: more semaphores than kernel.sem allows; when opening: the set has fewer.</summary>
    internal static CallResult semget(int key, int nsems, int semflg)
    {
        int id = semget_private(key, nsems, semflg);
        int errno = Marshal.GetLastPInvokeError();
        return CallResult.From(id, errno);
    }

    /// <summary>
    /// Does all operations at once, or none; waits for that at most <paramref name="timeout"/>, interruptions included.
    /// <see cref="Errno.EAGAIN"/> when the time is over, or at once where an operation says IPC_NOWAIT.
    /// </summary>
    internal static Errno semtimedop(int semid, ReadOnlySpan<SemBuf> operations, TimeSpan timeout)
    {
        long started = Stopwatch.GetTimestamp();
        TimeSpan left = timeout;
        while (true)
        {
            TimeSpec limit = TimeSpec.From(left);
            int result;
            int errno;
            fixed (SemBuf* sops = operations)
            {
                result = semtimedop_private(semid, sops, (nuint)operations.Length, &limit);
                errno = Marshal.GetLastPInvokeError();
            }

            if (result == 0)
            {
                return Errno.None;
            }

            if (errno != (int)Errno.EINTR)
            {
                return (Errno)errno;
            }

            TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
            left = elapsed < timeout ? timeout - elapsed : TimeSpan.Zero;
        }
    }

    /// <summary>The value of a semaphore.</summary>
    internal static CallResult GetValue(int semid, int number) => Control(semid, number, GETVAL, 0);

    /// <summary>The process that last did an operation on a semaphore.</summary>
    internal static CallResult GetPid(int semid, int number) => Control(semid, number, GETPID, 0);

    /// <summary>Sets the value of a semaphore, and forgets every process's undo of it.</summary>
    internal static CallResult SetValue(int semid, int number, int value) => Control(semid, number, SETVAL, value);

    /// <summary>The state of a set (IPC_STAT).</summary>
    internal static CallResult Stat(int semid, out SemidDs state)
    {
        state = default;
        fixed (SemidDs* pointer = &state)
        {
            return Control(semid, 0, SysIpc.IPC_STAT, (nint)pointer);
        }
    }

    /// <summary>The state of a set that this process may not read (SEM_STAT_ANY, Linux 4.17). See <see cref="SysMsg.StatAny"/>.</summary>
    internal static CallResult StatAny(int semid, out SemidDs state)
    {
        state = default;
        fixed (SemidDs* pointer = &state)
        {
            CallResult found = Control(semid & SysIpc.IndexMask, 0, SEM_STAT_ANY, (nint)pointer);
            if (found.Value != semid)
            {
                found = Control(semid & SysIpc.ExtendedIndexMask, 0, SEM_STAT_ANY, (nint)pointer);
            }

            return found.Value == semid ? found : new CallResult(-1, found.Succeeded ? Errno.ENOENT : found.Error);
        }
    }

    /// <summary>Sets owner and mode of a set (IPC_SET).</summary>
    internal static CallResult Set(int semid, in SemidDs state)
    {
        fixed (SemidDs* pointer = &state)
        {
            return Control(semid, 0, SysIpc.IPC_SET, (nint)pointer);
        }
    }

    /// <summary>Removes a set (IPC_RMID); whoever waits in it gets <see cref="Errno.EIDRM"/>.</summary>
    internal static CallResult Remove(int semid) => Control(semid, 0, SysIpc.IPC_RMID, 0);

    private static CallResult Control(int semid, int semnum, int cmd, nint arg)
    {
        int result = semctl_private(semid, semnum, cmd, arg);
        int errno = Marshal.GetLastPInvokeError();
        return CallResult.From(result, errno);
    }

    [LibraryImport(LibC.Library, EntryPoint = "semget", SetLastError = true)]
    private static partial int semget_private(int key, int nsems, int semflg);

    [LibraryImport(LibC.Library, EntryPoint = "semtimedop", SetLastError = true)]
    private static partial int semtimedop_private(int semid, SemBuf* sops, nuint nsops, TimeSpec* timeout);

    [LibraryImport(LibC.Library, EntryPoint = "semctl", SetLastError = true)]
    private static partial int semctl_private(int semid, int semnum, int cmd, nint arg);
}
