using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace IpcBench.Interop;

/// <summary><c>unistd.h</c>, <c>fcntl.h</c>, <c>sys/stat.h</c>: pipes, FIFOs, reading and writing.</summary>
internal static unsafe partial class Descriptors
{
    internal const int O_RDONLY = 0;
    internal const int O_WRONLY = 1;
    internal const int O_NONBLOCK = 0x800;
    internal const int O_CLOEXEC = 0x80000;

    private const int F_SETFL = 4;

    /// <summary>A pipe whose ends a child inherits: the reading and the writing one. The caller owns both.</summary>
    internal static (SafeFileHandle Read, SafeFileHandle Write) Pipe()
    {
        int* ends = stackalloc int[2];
        if (pipe2(ends, 0) < 0)
        {
            throw LibC.Failed("pipe2");
        }

        return (new SafeFileHandle(ends[0], ownsHandle: true), new SafeFileHandle(ends[1], ownsHandle: true));
    }

    /// <summary>Makes a FIFO that nobody but this user may open.</summary>
    internal static void MakeFifo(string path)
    {
        if (mkfifo(path, 0x180) < 0)
        {
            throw LibC.Failed($"mkfifo {path}");
        }
    }

    /// <summary>Opens a file. A FIFO is opened when its other side is as well.</summary>
    internal static SafeFileHandle Open(string path, int flags)
    {
        while (true)
        {
            int descriptor = open(path, flags | O_CLOEXEC);
            if (descriptor >= 0)
            {
                return new SafeFileHandle(descriptor, ownsHandle: true);
            }

            if (Marshal.GetLastPInvokeError() != LibC.EINTR)
            {
                throw LibC.Failed($"open {path}");
            }
        }
    }

    /// <summary>Has writes return what fits at once, rather than wait.</summary>
    internal static void SetNonBlocking(SafeHandle file, int accessMode)
    {
        if (fcntl(file, F_SETFL, accessMode | O_NONBLOCK) < 0)
        {
            throw LibC.Failed("fcntl");
        }
    }

    /// <summary>Reads what is there, or waits for it; 0 at the end.</summary>
    internal static int Read(SafeHandle file, Span<byte> buffer)
    {
        fixed (byte* bytes = buffer)
        {
            while (true)
            {
                nint length = read(file, bytes, (nuint)buffer.Length);
                if (length >= 0)
                {
                    return (int)length;
                }

                if (Marshal.GetLastPInvokeError() != LibC.EINTR)
                {
                    throw LibC.Failed("read");
                }
            }
        }
    }

    /// <summary>Writes what fits: all, unless the descriptor does not wait; then perhaps less, and 0 where nothing does.</summary>
    internal static int Write(SafeHandle file, ReadOnlySpan<byte> buffer)
    {
        fixed (byte* bytes = buffer)
        {
            while (true)
            {
                nint length = write(file, bytes, (nuint)buffer.Length);
                if (length >= 0)
                {
                    return (int)length;
                }

                switch (Marshal.GetLastPInvokeError())
                {
                    case LibC.EINTR:
                        continue;
                    case LibC.EAGAIN:
                        return 0;
                    default:
                        throw LibC.Failed("write");
                }
            }
        }
    }

    [LibraryImport(LibC.Library, SetLastError = true)]
    private static partial int pipe2(int* ends, int flags);

    [LibraryImport(LibC.Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mkfifo(string path, uint mode);

    [LibraryImport(LibC.Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport(LibC.Library, SetLastError = true)]
    private static partial int fcntl(SafeHandle file, int command, int argument);

    [LibraryImport(LibC.Library, SetLastError = true)]
    private static partial nint read(SafeHandle file, byte* buffer, nuint count);

    [LibraryImport(LibC.Library, SetLastError = true)]
    private static partial nint write(SafeHandle file, byte* buffer, nuint count);
}
