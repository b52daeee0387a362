using System.Runtime.InteropServices;

namespace IpcBench.Interop;

/// <summary><c>sys/sem.h</c>: System V semaphores, which the library keeps beside its queues.</summary>
internal static partial class SysVSemaphores
{
    private const int IPC_RMID = 0;

    /// <summary>Removes the set of a key, if there is one.</summary>
    internal static void Remove(int key)
    {
        int id = semget(key, 0, 0);
        if (id >= 0)
        {
            _ = semctl(id, 0, IPC_RMID);
        }
    }

    [LibraryImport(LibC.Library)]
    private static partial int semget(int key, int count, int flags);

    [LibraryImport(LibC.Library)]
    private static partial int semctl(int id, int number, int command);
}
