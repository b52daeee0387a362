using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Shared.Protocol.Interop.Linux;

/// <summary>
/// <c>fcntl.h</c> and <c>sys/file.h</c>: opening without following a link, and locks that the kernel frees when their process dies.
/// <c>open</c> is variadic in C; on Linux, x86-64 and arm64 alike, its third argument travels in the same register as a fixed one would.
/// </summary>
internal static unsafe partial class SysFile
{
    internal const int O_RDONLY = 0;
    internal const int O_RDWR = 2;
    internal const int O_CREAT = 0x40;
    internal const int O_NONBLOCK = 0x800;
    internal const int O_CLOEXEC = 0x80000;
    internal const int O_PATH = 0x200000;
    internal const int LOCK_EX = 2;
    internal const int LOCK_NB = 4;
    internal const int LOCK_UN = 8;

#pragma warning disable IDE1006 // C's name. One of the few numbers that differ between the two machines.
    internal static int O_NOFOLLOW { get; } = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x8000 : 0x20000;
#pragma warning restore IDE1006

    /// <summary>Opens a path that is no symbolic link itself; the descriptor is not passed on to child processes.</summary>
    /// <param name="path">The path.</param>
    /// <param name="flags">O_RDONLY or O_RDWR, with O_CREAT where it is to be made.</param>
    /// <param name="mode">The permission bits of a new file, before the umask.</param>
    /// <param name="file">The file; invalid where it could not be opened.</param>
    internal static Errno TryOpen(string path, int flags, int mode, out SafeFileHandle file)
    {
        while (true)
        {
            int descriptor = open(path, flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, mode);
            int errno = Marshal.GetLastPInvokeError();
            if (descriptor >= 0)
            {
                file = new SafeFileHandle(descriptor, ownsHandle: true);
                return Errno.None;
            }

            if (errno != (int)Errno.EINTR)
            {
                file = new SafeFileHandle();
                return (Errno)errno;
            }
        }
    }

    /// <summary>Locks a file for its descriptor alone, at once or not at all: <see cref="Errno.EAGAIN"/> where another has it.</summary>
    internal static Errno TryLock(SafeFileHandle file)
    {
        while (true)
        {
            int result = flock(file, LOCK_EX | LOCK_NB);
            int errno = Marshal.GetLastPInvokeError();
            if (result == 0)
            {
                return Errno.None;
            }

            if (errno != (int)Errno.EINTR)
            {
                return (Errno)errno;
            }
        }
    }

    /// <summary>Gives back what <see cref="TryLock"/> has taken; it neither waits nor fails on a descriptor that is open.</summary>
    internal static void Unlock(SafeFileHandle file) => _ = flock(file, LOCK_UN);

    [LibraryImport(LibC.Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string pathname, int flags, int mode);

    [LibraryImport(LibC.Library, SetLastError = true)]
    private static partial int flock(SafeFileHandle fd, int operation);
}
