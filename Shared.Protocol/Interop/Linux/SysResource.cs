using System.Runtime.InteropServices;

namespace Shared.Protocol.Interop.Linux;

/// <summary><c>sys/resource.h</c>: what a process may have.</summary>
internal static partial class SysResource
{
    // getrlimit(2): the number of all architectures that .NET runs on.
    private const int RLIMIT_NOFILE = 7;

    /// <summary>How many descriptors this process may have; one that may have any number has the largest.</summary>
    internal static long MaxDescriptors()
    {
        int value = getrlimit_private(RLIMIT_NOFILE, out RLimit limit);
        int errno = Marshal.GetLastPInvokeError();
        return CallResult.From(value, errno).Succeeded ? (long)Math.Min(limit.rlim_cur, long.MaxValue) : long.MaxValue;
    }

    [LibraryImport(LibC.Library, EntryPoint = "getrlimit", SetLastError = true)]
    private static partial int getrlimit_private(int resource, out RLimit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct RLimit
    {
        internal ulong rlim_cur;
        internal ulong rlim_max;
    }
}
