using System.Runtime.InteropServices;

namespace Shared.Protocol.Interop.Linux;

/// <summary><c>sys/msg.h</c>: System V message queues.</summary>
internal static unsafe partial class SysMsg
{
    internal const int MSG_NOERROR = 0x1000;
    internal const int MSG_COPY = 0x4000;
    internal const int MSG_STAT_ANY = 13;

    /// <summary>Bytes of a message before its text: the <c>long mtype</c>, which no length counts.</summary>
    internal const int MTypeBytes = sizeof(long);

    private static long s_interruptedCalls;

    /// <summary>How often a call of this file was interrupted by a signal and made again, in the life of the process.</summary>
    internal static long InterruptedCalls => Volatile.Read(ref s_interruptedCalls);

    /// <summary>The id of the queue of a key. <paramref name="msgflg"/> holds IPC_CREAT, IPC_EXCL and the mode.</summary>
    internal static CallResult msgget(int key, int msgflg)
    {
        int id = msgget_private(key, msgflg);
        int errno = Marshal.GetLastPInvokeError();
        return CallResult.From(id, errno);
    }

    /// <summary>
    /// Puts a message into a queue. <paramref name="msgp"/> points at the <c>long mtype</c> and the text after it;
    /// <paramref name="msgsz"/> counts the text only. With IPC_NOWAIT a full queue is <see cref="Errno.EAGAIN"/>.
    /// </summary>
    internal static Errno msgsnd(int msqid, byte* msgp, nuint msgsz, int msgflg)
    {
        while (true)
        {
            int result = msgsnd_private(msqid, msgp, msgsz, msgflg);
            int errno = Marshal.GetLastPInvokeError();
            if (result == 0)
            {
                return Errno.None;
            }

            if (errno != (int)Errno.EINTR)
            {
                return (Errno)errno;
            }

            Interlocked.Increment(ref s_interruptedCalls);
        }
    }

    /// <summary>
    /// Takes the oldest message of a type and returns the bytes of its text, or waits for one. With IPC_NOWAIT an empty queue is
    /// <see cref="Errno.ENOMSG"/>. msgrcv is never restarted by the kernel, whatever SA_RESTART says (signal(7)), hence the loop.
    /// </summary>
    internal static CallResult msgrcv(int msqid, byte* msgp, nuint msgsz, long msgtyp, int msgflg)
    {
        while (true)
        {
            nint length = msgrcv_private(msqid, msgp, msgsz, (nint)msgtyp, msgflg);
            int errno = Marshal.GetLastPInvokeError();
            if (length >= 0)
            {
                return new CallResult((int)length, Errno.None);
            }

            if (errno != (int)Errno.EINTR)
            {
                return new CallResult(-1, (Errno)errno);
            }

            Interlocked.Increment(ref s_interruptedCalls);
        }
    }

    /// <summary>
    /// Copies the message at a place in a queue, from 0, and leaves it there (MSG_COPY, Linux 3.8). <see cref="Errno.ENOMSG"/> beyond the last one,
    /// <see cref="Errno.ENOSYS"/> where the kernel was built without CONFIG_CHECKPOINT_RESTORE. Each call walks the queue from its head.
    /// </summary>
    internal static CallResult Copy(int msqid, byte* msgp, nuint msgsz, int place) => msgrcv(msqid, msgp, msgsz, place, MSG_COPY | SysIpc.IPC_NOWAIT);

    /// <summary>The state of a queue (IPC_STAT).</summary>
    internal static CallResult Stat(int msqid, out MsqidDs state)
    {
        state = default;
        fixed (MsqidDs* pointer = &state)
        {
            return Control(msqid, SysIpc.IPC_STAT, pointer);
        }
    }

    /// <summary>
    /// The state of a queue that this process may not read (MSG_STAT_ANY, Linux 4.17), so that a refusal can name its owner.
    /// <see cref="Errno.ENOENT"/> where the queue is not found.
    /// </summary>
    internal static CallResult StatAny(int msqid, out MsqidDs state)
    {
        state = default;
        fixed (MsqidDs* pointer = &state)
        {
            CallResult found = Control(msqid & SysIpc.IndexMask, MSG_STAT_ANY, pointer);
            if (found.Value != msqid)
            {
                found = Control(msqid & SysIpc.ExtendedIndexMask, MSG_STAT_ANY, pointer);
            }

            return found.Value == msqid ? found : new CallResult(-1, found.Succeeded ? Errno.ENOENT : found.Error);
        }
    }

    /// <summary>Sets owner, mode and capacity of a queue (IPC_SET). A capacity above msgmnb takes CAP_SYS_RESOURCE.</summary>
    internal static CallResult Set(int msqid, in MsqidDs state)
    {
        fixed (MsqidDs* pointer = &state)
        {
            return Control(msqid, SysIpc.IPC_SET, pointer);
        }
    }

    /// <summary>Removes a queue with all that waits in it (IPC_RMID); whoever sleeps in it gets <see cref="Errno.EIDRM"/>.</summary>
    internal static CallResult Remove(int msqid) => Control(msqid, SysIpc.IPC_RMID, null);

    /// <summary>The limits of this IPC namespace (IPC_INFO).</summary>
    internal static CallResult Info(out MsgInfo limits)
    {
        limits = default;
        fixed (MsgInfo* pointer = &limits)
        {
            return Control(0, SysIpc.IPC_INFO, pointer);
        }
    }

    private static CallResult Control(int msqid, int cmd, void* buf)
    {
        int result = msgctl_private(msqid, cmd, buf);
        int errno = Marshal.GetLastPInvokeError();
        return CallResult.From(result, errno);
    }

    [LibraryImport(LibC.Library, EntryPoint = "msgget", SetLastError = true)]
    private static partial int msgget_private(int key, int msgflg);

    [LibraryImport(LibC.Library, EntryPoint = "msgsnd", SetLastError = true)]
    private static partial int msgsnd_private(int msqid, byte* msgp, nuint msgsz, int msgflg);

    [LibraryImport(LibC.Library, EntryPoint = "msgrcv", SetLastError = true)]
    private static partial nint msgrcv_private(int msqid, byte* msgp, nuint msgsz, nint msgtyp, int msgflg);

    [LibraryImport(LibC.Library, EntryPoint = "msgctl", SetLastError = true)]
    private static partial int msgctl_private(int msqid, int cmd, void* buf);
}
