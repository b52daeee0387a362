using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Shared.Protocol.Interop.Linux;

/// <summary><c>sys/mman.h</c>: memory that several processes see.</summary>
internal static unsafe partial class SysMman
{
    internal const int PROT_READ = 1;
    internal const int PROT_WRITE = 2;
    internal const int MAP_SHARED = 1;
    internal const int MAP_POPULATE = 0x8000;

    /// <summary>Maps a file from its start, to read and to write, for all who map it; its pages are brought in at once.</summary>
    /// <param name="file">The file.</param>
    /// <param name="lengthBytes">How much of it.</param>
    /// <param name="address">Where it is; null where it failed.</param>
    internal static Errno TryMap(SafeFileHandle file, long lengthBytes, out void* address)
    {
        void* mapped = mmap(null, (nuint)lengthBytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, file, 0);
        int errno = Marshal.GetLastPInvokeError();

        // MAP_FAILED is -1.
        bool failed = (nint)mapped == -1;
        address = failed ? null : mapped;
        return failed ? (Errno)errno : Errno.None;
    }

    /// <summary>Takes a mapping back. Nothing is to be done where it fails: the address was none.</summary>
    internal static void Unmap(void* address, long lengthBytes) => _ = munmap(address, (nuint)lengthBytes);

    [LibraryImport(LibC.Library, SetLastError = true)]
    private static partial void* mmap(void* addr, nuint length, int prot, int flags, SafeFileHandle fd, long offset);

    [LibraryImport(LibC.Library)]
    private static partial int munmap(void* addr, nuint length);
}
