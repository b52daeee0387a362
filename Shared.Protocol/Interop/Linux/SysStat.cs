using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Shared.Protocol.Interop.Linux;

/// <summary><c>sys/stat.h</c>: what a path is, as far as .NET does not tell.</summary>
internal static unsafe partial class SysStat
{
    internal const int AT_FDCWD = -100;
    internal const int AT_SYMLINK_NOFOLLOW = 0x100;
    internal const int AT_EMPTY_PATH = 0x1000;
    internal const uint STATX_BASIC_STATS = 0x7FF;
#pragma warning disable IDE1006 // C's names.
    internal const int S_IFMT = 0xF000;
    internal const int S_IFSOCK = 0xC000;
    internal const int S_IFDIR = 0x4000;
    internal const int S_IFREG = 0x8000;
    internal const int S_IWGRP = 0x10;
    internal const int S_IWOTH = 0x02;
#pragma warning restore IDE1006

    // struct statx is the same on every machine: 256 bytes, and these places.
    internal const int StatxBytes = 256;
    internal const int UidOffset = 20;
    internal const int GidOffset = 24;
    internal const int ModeOffset = 28;
    internal const int InodeOffset = 32;
    internal const int DeviceMajorOffset = 136;
    internal const int DeviceMinorOffset = 140;

    /// <summary>What a path is, itself and not what it links to. False where it is not there, or may not be looked at.</summary>
    internal static bool TryStat(string path, out FileState state)
    {
        byte* buffer = stackalloc byte[StatxBytes];
        bool isThere = statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, buffer) == 0;
        state = isThere ? Read(buffer) : default;
        return isThere;
    }

    /// <summary>What an open file is.</summary>
    internal static bool TryStat(SafeFileHandle file, out FileState state)
    {
        byte* buffer = stackalloc byte[StatxBytes];
        bool added = false;
        try
        {
            file.DangerousAddRef(ref added);
            bool isThere = statx((int)file.DangerousGetHandle(), string.Empty, AT_EMPTY_PATH, STATX_BASIC_STATS, buffer) == 0;
            state = isThere ? Read(buffer) : default;
            return isThere;
        }
        finally
        {
            if (added)
            {
                file.DangerousRelease();
            }
        }
    }

    /// <summary>Makes a folder in one that is there; <see cref="Errno.EEXIST"/> where the path is taken, by whatever.</summary>
    internal static Errno MakeFolder(string path, int mode)
    {
        int result = mkdir(path, mode);
        int errno = Marshal.GetLastPInvokeError();
        return result == 0 ? Errno.None : (Errno)errno;
    }

    /// <summary>
    /// Gives a socket or a folder of this user's to a group, and sets its permission bits. Never what a link leads to: another who may write in
    /// the folder could have put one there since.
    /// </summary>
    /// <param name="path">The path.</param>
    /// <param name="type">What it has to be: S_IFSOCK or S_IFDIR.</param>
    /// <param name="group">The group; null leaves it as it is.</param>
    /// <param name="mode">The permission bits.</param>
    internal static Errno SetAccess(string path, int type, uint? group, int mode)
    {
        Errno opened = SysFile.TryOpen(path, SysFile.O_PATH, 0, out SafeFileHandle file);
        using (file)
        {
            if (opened != Errno.None)
            {
                return opened;
            }

            if (!TryStat(file, out FileState state) || (state.Mode & S_IFMT) != type || state.Uid != Unistd.geteuid())
            {
                return Errno.EPERM;
            }

            string itself = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/proc/self/fd/{file.DangerousGetHandle()}");
            Errno error = group is { } id ? chgrp(itself, id) : Errno.None;
            return error == Errno.None ? chmod(itself, mode) : error;
        }
    }

    private static FileState Read(byte* statx) => new(
        *(uint*)(statx + UidOffset),
        *(uint*)(statx + GidOffset),
        *(ushort*)(statx + ModeOffset),
        new FileIdentity(*(uint*)(statx + DeviceMajorOffset), *(uint*)(statx + DeviceMinorOffset), *(ulong*)(statx + InodeOffset)));

    private static Errno chmod(string path, int mode)
    {
        int result = chmod_private(path, mode);
        int errno = Marshal.GetLastPInvokeError();
        return CallResult.From(result, errno).Error;
    }

    // Its owner may, if he is a member of that group.
    private static Errno chgrp(string path, uint group)
    {
        // chown(2): -1 leaves the owner as he is.
        int result = chown_private(path, uint.MaxValue, group);
        int errno = Marshal.GetLastPInvokeError();
        return CallResult.From(result, errno).Error;
    }

    [LibraryImport(LibC.Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mkdir(string pathname, int mode);

    [LibraryImport(LibC.Library, EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int chown_private(string pathname, uint owner, uint group);

    [LibraryImport(LibC.Library, EntryPoint = "chmod", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int chmod_private(string pathname, int mode);

    [LibraryImport(LibC.Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int dirfd, string pathname, int flags, uint mask, byte* statxbuf);
}
