using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace IpcSamples;

/// <summary>A System V queue; the type of a message says whether it is a request (1) or a result (2).</summary>
internal static unsafe partial class SysVQueue
{
    private const int IPC_CREAT = 0x200;
    private const int IPC_EXCL = 0x400;
    private const int IPC_RMID = 0;
    private const int Request = 1;
    private const int Result = 2;

    internal static void Serve(string key)
    {
        int queue = Check(msgget(ParseKey(key), IPC_CREAT | IPC_EXCL | 0x180));
        Characters.Ready();
        Send(queue, Result, Characters.Answer(Receive(queue, Request)));

        // The queue would outlive both processes; but the result in it must be read first.
        while (msgrcv(queue, null, 0, Result, 0x800) < 0 && Marshal.GetLastPInvokeError() == 7)
        {
            Thread.Yield();
        }

        _ = msgctl(queue, IPC_RMID, null);
    }

    internal static void Ask(string key, string line)
    {
        int queue = Check(msgget(ParseKey(key), 0));
        Send(queue, Request, line);
        Console.WriteLine(Receive(queue, Result));
    }

    private static void Send(int queue, long type, string text)
    {
        byte[] message = new byte[sizeof(long) + Encoding.UTF8.GetByteCount(text)];
        MemoryMarshal.Write(message, in type);
        int length = Encoding.UTF8.GetBytes(text, message.AsSpan(sizeof(long)));
        fixed (byte* bytes = message)
        {
            Check(msgsnd(queue, bytes, (nuint)length, 0));
        }
    }

    private static string Receive(int queue, long type)
    {
        byte[] message = new byte[sizeof(long) + 1024];
        fixed (byte* bytes = message)
        {
            int length = Check((int)msgrcv(queue, bytes, 1024, (nint)type, 0));
            return Encoding.UTF8.GetString(message, sizeof(long), length);
        }
    }

    private static int ParseKey(string key) => int.Parse(key, CultureInfo.InvariantCulture);

    private static int Check(int result) => result >= 0 ? result : throw new IOException(Marshal.GetLastPInvokeErrorMessage());

    [LibraryImport("libc", SetLastError = true)]
    private static partial int msgget(int key, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int msgsnd(int queue, byte* message, nuint length, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint msgrcv(int queue, byte* message, nuint length, nint type, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int msgctl(int queue, int command, void* argument);
}
