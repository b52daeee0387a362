namespace Shared.Protocol.Interop.Linux;

/// <summary><c>sys/ipc.h</c>: what queues and semaphore sets have in common.</summary>
internal static class SysIpc
{
    internal const int IPC_CREAT = 0x200;
    internal const int IPC_EXCL = 0x400;
    internal const int IPC_NOWAIT = 0x800;
    internal const int IPC_RMID = 0;
    internal const int IPC_SET = 1;
    internal const int IPC_STAT = 2;
    internal const int IPC_INFO = 3;

    /// <summary>The permission bits of a mode.</summary>
    internal const int PermissionMask = 0x1FF;

    /// <summary>An id is an index in its low bits and a sequence number above them.</summary>
    internal const int IndexMask = 0x7FFF;

    /// <summary>The index of an id where the kernel was started with <c>ipcmni_extend</c>.</summary>
    internal const int ExtendedIndexMask = 0xFF_FFFF;
}
