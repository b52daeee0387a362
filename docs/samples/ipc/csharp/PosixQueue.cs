using System.Runtime.InteropServices;
using System.Text;

namespace IpcSamples;

/// <summary>Two POSIX queues: NAME-request and NAME-result; the name begins with a slash.</summary>
internal static unsafe partial class PosixQueue
{
    private const int O_RDONLY = 0;
    private const int O_WRONLY = 1;
    private const int O_CREAT = 0x40;
    private const int MessageBytes = 1024;

    internal static void Serve(string name)
    {
        int requests = Open(name + "-request", O_RDONLY | O_CREAT);
        int results = Open(name + "-result", O_WRONLY | O_CREAT);
        Characters.Ready();
        Send(results, Characters.Answer(Receive(requests)));
        _ = mq_unlink(name + "-request");
    }

    internal static void Ask(string name, string line)
    {
        int requests = Open(name + "-request", O_WRONLY);
        int results = Open(name + "-result", O_RDONLY);
        Send(requests, line);
        Console.WriteLine(Receive(results));
        _ = mq_unlink(name + "-result");
    }

    private static int Open(string name, int flags)
    {
        // struct mq_attr: flags, how many messages, how large, how many there are; and four reserved.
        nint* attributes = stackalloc nint[8] { 0, 10, MessageBytes, 0, 0, 0, 0, 0 };
        return Check(mq_open(name, flags, 0x180, attributes));
    }

    private static void Send(int queue, string text)
    {
        byte[] message = Encoding.UTF8.GetBytes(text);
        fixed (byte* bytes = message)
        {
            Check(mq_send(queue, bytes, (nuint)message.Length, 0));
        }
    }

    private static string Receive(int queue)
    {
        byte[] message = new byte[MessageBytes];
        fixed (byte* bytes = message)
        {
            return Encoding.UTF8.GetString(message, 0, Check((int)mq_receive(queue, bytes, MessageBytes, null)));
        }
    }

    private static int Check(int result) => result >= 0 ? result : throw new IOException(Marshal.GetLastPInvokeErrorMessage());

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mq_open(string name, int flags, uint mode, nint* attributes);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mq_unlink(string name);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int mq_send(int queue, byte* message, nuint length, uint priority);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint mq_receive(int queue, byte* message, nuint length, uint* priority);
}
