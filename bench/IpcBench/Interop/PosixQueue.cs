using System.Runtime.InteropServices;

namespace IpcBench.Interop;

/// <summary><c>mqueue.h</c>: a POSIX message queue, opened. Closed on disposal; its name stays until it is removed.</summary>
internal sealed unsafe partial class PosixQueue : SafeHandle
{
    internal const int O_CREAT = 0x40;
    internal const int O_EXCL = 0x80;
    private const uint Mode0600 = 0x180;

    private PosixQueue(int descriptor)
        : base(-1, ownsHandle: true) => SetHandle(descriptor);

    /// <inheritdoc/>
    public override bool IsInvalid => handle < 0;

    /// <summary>Opens, or makes, the queue of a name such as <c>/name</c>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="flags">As of open(2).</param>
    /// <param name="capacity">How many messages it holds; for a new one.</param>
    /// <param name="sizeBytes">The largest message; for a new one.</param>
    internal static PosixQueue Open(string name, int flags, int capacity = 0, int sizeBytes = 0)
    {
        // struct mq_attr: mq_flags, mq_maxmsg, mq_msgsize, mq_curmsgs, and four reserved.
        nint* attributes = stackalloc nint[8];
        new Span<nint>(attributes, 8).Clear();
        attributes[1] = capacity;
        attributes[2] = sizeBytes;
        int descriptor = mq_open(name, flags | Descriptors.O_CLOEXEC, Mode0600, capacity == 0 ? null : attributes);
        return descriptor >= 0 ? new PosixQueue(descriptor) : throw LibC.Failed($"mq_open {name}");
    }

    /// <summary>Removes a name, if it is there.</summary>
    internal static void Remove(string name) => _ = mq_unlink(name);

    /// <summary>Puts a message in; false where the queue is full and was opened not to wait.</summary>
    internal bool Send(ReadOnlySpan<byte> message)
    {
        fixed (byte* bytes = message)
        {
            while (mq_send(this, bytes, (nuint)message.Length, 0) < 0)
            {
                switch (Marshal.GetLastPInvokeError())
                {
                    case LibC.EINTR:
                        continue;
                    case LibC.EAGAIN:
                        return false;
                    default:
                        throw LibC.Failed("mq_send");
                }
            }

            return true;
        }
    }

    /// <summary>Waits for the oldest message. The buffer holds the largest one, or the kernel refuses.</summary>
    internal int Receive(Span<byte> message)
    {
        fixed (byte* bytes = message)
        {
            while (true)
            {
                nint length = mq_receive(this, bytes, (nuint)message.Length, null);
                if (length >= 0)
                {
                    return (int)length;
                }

                if (Marshal.GetLastPInvokeError() != LibC.EINTR)
                {
                    throw LibC.Failed("mq_receive");
                }
            }
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => mq_close((int)handle) == 0;

    [LibraryImport(LibC.Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mq_open(string name, int flags, uint mode, nint* attributes);

    [LibraryImport(LibC.Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mq_unlink(string name);

    [LibraryImport(LibC.Library)]
    private static partial int mq_close(int queue);

    [LibraryImport(LibC.Library, SetLastError = true)]
    private static partial int mq_send(PosixQueue queue, byte* message, nuint length, uint priority);

    [LibraryImport(LibC.Library, SetLastError = true)]
    private static partial nint mq_receive(PosixQueue queue, byte* message, nuint length, uint* priority);
}
