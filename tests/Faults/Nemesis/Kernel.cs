using System.Runtime.InteropServices;
using Shared.Protocol.Interop.Linux;

namespace Faults.Nemesis;

/// <summary>What a nemesis asks of the kernel.</summary>
internal static partial class Kernel
{
    public const int SigHup = 1;
    public const int SigWinch = 28;
    public const uint NobodyUid = 65534;

    private const int MNT_DETACH = 2;
    private const long SetResUidOnX64 = 117;
    private const long SetResUidOnArm64 = 147;

    /// <summary>Sends a signal; false where the process has gone.</summary>
    public static bool Signal(int processId, int signal) => kill(processId, signal) == 0;

    /// <summary>Takes a file system away: from the tree at once, and for good when nobody has a file open on it.</summary>
    public static void Unmount(string path) => _ = umount2(path, MNT_DETACH);

    /// <summary>Changes a queue's capacity; false where the queue has gone.</summary>
    /// <param name="queueId">The queue.</param>
    /// <param name="bytes">The new capacity.</param>
    /// <param name="before">The capacity there was.</param>
    public static bool TrySetCapacity(int queueId, ulong bytes, out ulong before)
    {
        before = 0;
        if (!SysMsg.Stat(queueId, out MsqidDs state).Succeeded)
        {
            return false;
        }

        before = state.msg_qbytes;
        state.msg_qbytes = bytes;
        return SysMsg.Set(queueId, state).Succeeded;
    }

    /// <summary>Changes a queue's permission bits; false where the queue has gone.</summary>
    /// <param name="queueId">The queue.</param>
    /// <param name="mode">The new bits.</param>
    /// <param name="before">The bits there were.</param>
    public static bool TrySetMode(int queueId, uint mode, out uint before)
    {
        before = 0;
        if (!SysMsg.Stat(queueId, out MsqidDs state).Succeeded)
        {
            return false;
        }

        before = state.msg_perm.mode & SysIpc.PermissionMask;
        state.msg_perm.mode = mode;
        return SysMsg.Set(queueId, state).Succeeded;
    }

    /// <summary>How many messages and bytes wait in a queue; null where there is none.</summary>
    public static (long Count, long Bytes)? DepthOf(int? queueId) =>
        queueId is { } id && SysMsg.Stat(id, out MsqidDs state).Succeeded ? ((long)state.msg_qnum, (long)state.msg_cbytes) : null;

    /// <summary>Makes a queue that belongs to nobody, open to all. Its id; null where a queue of that key is there already.</summary>
    public static int? MakeQueueOfNobody(int key)
    {
        int? made = null;

        // The bare call changes the identity of the calling thread alone; the thread ends with it.
        var thread = new Thread(() =>
        {
            long number = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? SetResUidOnArm64 : SetResUidOnX64;
            if (syscall(number, NobodyUid, NobodyUid, NobodyUid) == 0
                && SysMsg.msgget(key, SysIpc.IPC_CREAT | SysIpc.IPC_EXCL | 0x1B6) is { Succeeded: true, Value: var id })
            {
                made = id;
            }
        });
        thread.Start();
        thread.Join();
        return made;
    }

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int kill(int pid, int sig);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial long syscall(long number, uint first, uint second, uint third);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int umount2(string target, int flags);
}
