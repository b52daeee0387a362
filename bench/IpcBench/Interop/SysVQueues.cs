using System.Runtime.InteropServices;

namespace IpcBench.Interop;

/// <summary><c>sys/msg.h</c>: System V message queues, which outlive whoever made them until they are removed.</summary>
internal static unsafe partial class SysVQueues
{
    private const int IPC_CREAT = 0x200;
    private const int IPC_EXCL = 0x400;
    private const int IPC_NOWAIT = 0x800;
    private const int IPC_RMID = 0;
    private const int Mode0600 = 0x180;

    /// <summary>Bytes of a message before its text: the <c>long mtype</c>.</summary>
    internal const int TypeBytes = sizeof(long);

    /// <summary>Makes the queue of a key, on which there must be none.</summary>
    internal static int Create(int key) => Get(key, IPC_CREAT | IPC_EXCL | Mode0600);

    /// <summary>Finds the queue of a key.</summary>
    internal static int Open(int key) => Get(key, 0);

    /// <summary>Removes the queue of a key with all that waits in it, if there is one.</summary>
    internal static void Remove(int key)
    {
        int id = msgget(key, 0);
        if (id >= 0)
        {
            _ = msgctl(id, IPC_RMID, null);
        }
    }

    /// <summary>Puts a message in; its first eight bytes are its type. False where it is full and the caller does not wait.</summary>
    internal static bool Send(int id, ReadOnlySpan<byte> message, bool wait)
    {
        fixed (byte* bytes = message)
        {
            while (msgsnd(id, bytes, (nuint)(message.Length - TypeBytes), wait ? 0 : IPC_NOWAIT) < 0)
            {
                switch (Marshal.GetLastPInvokeError())
                {
                    case LibC.EINTR:
                        continue;
                    case LibC.EAGAIN:
                        return false;
                    default:
                        throw LibC.Failed("msgsnd");
                }
            }

            return true;
        }
    }

    /// <summary>
    /// Waits for the oldest message of a type, asleep or looking again and again; returns the bytes of its text, which follows its type in the buffer.
    /// </summary>
    internal static int Receive(int id, Span<byte> message, long type, bool spins)
    {
        fixed (byte* bytes = message)
        {
            while (true)
            {
                nint length = msgrcv(id, bytes, (nuint)(message.Length - TypeBytes), (nint)type, spins ? IPC_NOWAIT : 0);
                if (length >= 0)
                {
                    return (int)length;
                }

                if (Marshal.GetLastPInvokeError() is not (LibC.EINTR or LibC.ENOMSG))
                {
                    throw LibC.Failed("msgrcv");
                }
            }
        }
    }

    private static int Get(int key, int flags)
    {
        int id = msgget(key, flags);
        return id >= 0 ? id : throw LibC.Failed("msgget");
    }

    [LibraryImport(LibC.Library, SetLastError = true)]
    private static partial int msgget(int key, int flags);

    [LibraryImport(LibC.Library, SetLastError = true)]
    private static partial int msgsnd(int id, byte* message, nuint length, int flags);

    [LibraryImport(LibC.Library, SetLastError = true)]
    private static partial nint msgrcv(int id, byte* message, nuint length, nint type, int flags);

    [LibraryImport(LibC.Library)]
    private static partial int msgctl(int id, int command, void* argument);
}
