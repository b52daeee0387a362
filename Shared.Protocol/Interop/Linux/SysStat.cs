using System.Runtime.InteropServices;

namespace Shared.Protocol.Interop.Linux;

/// <summary><c>sys/stat.h</c>: what a path is, as far as .NET does not tell.</summary>
internal static unsafe partial class SysStat
{
    internal const int AT_FDCWD = -100;
    internal const int AT_SYMLINK_NOFOLLOW = 0x100;
    internal const uint STATX_TYPE = 1;
    internal const uint STATX_INO = 0x100;
#pragma warning disable IDE1006 // C's names.
    internal const int S_IFMT = 0xF000;
    internal const int S_IFSOCK = 0xC000;
#pragma warning restore IDE1006

    // struct statx is the same on every machine: 256 bytes, and these places.
    internal const int StatxBytes = 256;
    internal const int ModeOffset = 28;
    internal const int InodeOffset = 32;
    internal const int DeviceMajorOffset = 136;
    internal const int DeviceMinorOffset = 140;

    /// <summary>Whether a path is a Unix socket itself, not a link to one. False where it is not there.</summary>
    internal static bool IsSocket(string path) => TryFindSocket(path, out _, out _, out _);

    /// <summary>Which Unix socket a path is, not a link to one. False where it is none.</summary>
    internal static bool TryFindSocket(string path, out uint deviceMajor, out uint deviceMinor, out ulong inode)
    {
        byte* state = stackalloc byte[StatxBytes];
        bool isThere = statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, STATX_TYPE | STATX_INO, state) == 0
            && (*(ushort*)(state + ModeOffset) & S_IFMT) == S_IFSOCK;
        deviceMajor = isThere ? *(uint*)(state + DeviceMajorOffset) : 0;
        deviceMinor = isThere ? *(uint*)(state + DeviceMinorOffset) : 0;
        inode = isThere ? *(ulong*)(state + InodeOffset) : 0;
        return isThere;
    }

    /// <summary>Sets the permission bits of a path.</summary>
    internal static Errno chmod(string path, int mode)
    {
        int result = chmod_private(path, mode);
        int errno = Marshal.GetLastPInvokeError();
        return CallResult.From(result, errno).Error;
    }

    [LibraryImport(LibC.Library, EntryPoint = "chmod", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int chmod_private(string pathname, int mode);

    [LibraryImport(LibC.Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int dirfd, string pathname, int flags, uint mask, byte* statxbuf);
}
