using System.Runtime.InteropServices;

namespace Shared.Protocol.Interop.Linux;

/// <summary><c>sys/stat.h</c>: what a path is, as far as .NET does not tell.</summary>
internal static unsafe partial class SysStat
{
    internal const int AT_FDCWD = -100;
    internal const int AT_SYMLINK_NOFOLLOW = 0x100;
    internal const uint STATX_TYPE = 1;
#pragma warning disable IDE1006 // C's names.
    internal const int S_IFMT = 0xF000;
    internal const int S_IFSOCK = 0xC000;
#pragma warning restore IDE1006

    // struct statx is the same on every machine: 256 bytes, stx_mode at 28.
    internal const int StatxBytes = 256;
    internal const int ModeOffset = 28;

    /// <summary>Whether a path is a Unix socket itself, not a link to one. False where it is not there.</summary>
    internal static bool IsSocket(string path)
    {
        byte* state = stackalloc byte[StatxBytes];
        return statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, STATX_TYPE, state) == 0
            && (*(ushort*)(state + ModeOffset) & S_IFMT) == S_IFSOCK;
    }

    [LibraryImport(LibC.Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int dirfd, string pathname, int flags, uint mask, byte* statxbuf);
}
