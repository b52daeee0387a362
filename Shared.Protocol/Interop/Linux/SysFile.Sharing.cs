using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Shared.Protocol.Interop.Linux;

/// <summary>This part: files without a name, their room, and locks on single bytes of them that the kernel frees with the open file.</summary>
internal static unsafe partial class SysFile
{
    internal const int O_EXCL = 0x80;
    internal const int F_OFD_GETLK = 36;
    internal const int F_OFD_SETLK = 37;
    internal const short F_WRLCK = 1;
    internal const short F_UNLCK = 2;
    internal const int AT_SYMLINK_FOLLOW = 0x400;

#pragma warning disable IDE1006 // C's name. It contains O_DIRECTORY, which differs between the two machines.
    internal static int O_TMPFILE { get; } = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x404000 : 0x410000;
#pragma warning restore IDE1006

    /// <summary>Makes a file in a folder that has no name yet, and is gone with its descriptor unless it gets one.</summary>
    internal static Errno TryMakeNameless(string folder, int mode, out SafeFileHandle file) => TryOpen(folder, O_TMPFILE | O_RDWR, mode, out file);

    /// <summary>Gives a nameless file its name; <see cref="Errno.EEXIST"/> where the name is taken, by whatever.</summary>
    internal static Errno TryName(SafeFileHandle file, string path)
    {
        int result = linkat(SysStat.AT_FDCWD, PathOf(file), SysStat.AT_FDCWD, path, AT_SYMLINK_FOLLOW);
        int errno = Marshal.GetLastPInvokeError();
        return CallResult.From(result, errno).Error;
    }

    /// <summary>Gives a file its length and all the room for it: who writes there later cannot run out of it.</summary>
    internal static Errno TryReserve(SafeFileHandle file, long lengthBytes)
    {
        while (true)
        {
            // posix_fallocate(3) returns the error, and leaves errno alone.
            var error = (Errno)posix_fallocate(file, 0, lengthBytes);
            if (error != Errno.EINTR)
            {
                return error;
            }
        }
    }

    /// <summary>Sets group (null leaves it) and permission bits of an open file.</summary>
    internal static Errno TrySetAccess(SafeFileHandle file, uint? group, int mode)
    {
        // chown(2): -1 leaves the owner as he is. Before the mode, which it may change.
        int result = group is { } id ? fchown(file, uint.MaxValue, id) : 0;
        int errno = Marshal.GetLastPInvokeError();
        if (result == 0)
        {
            result = fchmod(file, mode);
            errno = Marshal.GetLastPInvokeError();
        }

        return CallResult.From(result, errno).Error;
    }

    /// <summary>Takes a name away; the file stays for whoever has it open.</summary>
    internal static Errno TryUnlink(string path)
    {
        int result = unlink(path);
        int errno = Marshal.GetLastPInvokeError();
        return CallResult.From(result, errno).Error;
    }

    /// <summary>Locks one byte for this open file, at once or not at all: <see cref="Errno.EAGAIN"/> where another has it.</summary>
    internal static Errno TryLockByte(SafeFileHandle file, long offset)
    {
        var range = new Flock { l_type = F_WRLCK, l_start = offset, l_len = 1 };
        return Control(file, F_OFD_SETLK, &range);
    }

    /// <summary>Whether another open file, of whatever process, has a byte locked; null where it cannot be learnt.</summary>
    internal static bool? IsByteLocked(SafeFileHandle file, long offset)
    {
        var range = new Flock { l_type = F_WRLCK, l_start = offset, l_len = 1 };
        return Control(file, F_OFD_GETLK, &range) == Errno.None ? range.l_type != F_UNLCK : null;
    }

    // Variadic in C, like open: see the remark at the head of the class.
    private static Errno Control(SafeFileHandle file, int command, Flock* range)
    {
        while (true)
        {
            int result = fcntl(file, command, range);
            int errno = Marshal.GetLastPInvokeError();
            if (result == 0 || errno != (int)Errno.EINTR)
            {
                return result == 0 ? Errno.None : errno == (int)Errno.EACCES ? Errno.EAGAIN : (Errno)errno;
            }
        }
    }

    private static string PathOf(SafeFileHandle file) =>
        string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{file.DangerousGetHandle()}");

    [LibraryImport(LibC.Library, SetLastError = true)]
    private static partial int fcntl(SafeFileHandle fd, int cmd, Flock* arg);

    [LibraryImport(LibC.Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int linkat(int olddirfd, string oldpath, int newdirfd, string newpath, int flags);

    [LibraryImport(LibC.Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int unlink(string pathname);

    [LibraryImport(LibC.Library)]
    private static partial int posix_fallocate(SafeFileHandle fd, long offset, long len);

    [LibraryImport(LibC.Library, SetLastError = true)]
    private static partial int fchown(SafeFileHandle fd, uint owner, uint group);

    [LibraryImport(LibC.Library, SetLastError = true)]
    private static partial int fchmod(SafeFileHandle fd, int mode);
}
