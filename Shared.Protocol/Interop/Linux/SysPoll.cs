using System.Runtime.InteropServices;

namespace Shared.Protocol.Interop.Linux;

/// <summary><c>poll.h</c> and <c>sys/eventfd.h</c>: waiting for several descriptors, and being woken.</summary>
internal static unsafe partial class SysPoll
{
#pragma warning disable IDE1006 // C's names.
    internal const short POLLIN = 1;
    internal const short POLLOUT = 4;
    internal const int EFD_CLOEXEC = 0x80000;
    internal const int EFD_NONBLOCK = 0x800;
#pragma warning restore IDE1006

    /// <summary>
    /// Waits until one of the descriptors is ready, at most <paramref name="timeoutMs"/>; the value is how many are. A signal ends it as a
    /// time-out does: whoever waits does so in a loop.
    /// </summary>
    internal static CallResult poll(Span<PollFd> descriptors, int timeoutMs)
    {
        fixed (PollFd* first = descriptors)
        {
            int ready = poll_private(first, (nuint)descriptors.Length, timeoutMs);
            int errno = Marshal.GetLastPInvokeError();
            return ready < 0 && errno == (int)Errno.EINTR ? new CallResult(0, Errno.None) : CallResult.From(ready, errno);
        }
    }

    /// <summary>A descriptor that becomes readable by <see cref="Signal"/>.</summary>
    internal static CallResult eventfd()
    {
        int descriptor = eventfd_private(0, EFD_CLOEXEC | EFD_NONBLOCK);
        int errno = Marshal.GetLastPInvokeError();
        return CallResult.From(descriptor, errno);
    }

    /// <summary>Makes an eventfd readable, and leaves it so.</summary>
    internal static void Signal(FileDescriptor eventFd)
    {
        ulong one = 1;

        // It can fail only where the counter is full, and then the descriptor is readable already.
        _ = write_private(eventFd, &one, sizeof(ulong));
    }

    [LibraryImport(LibC.Library, EntryPoint = "poll", SetLastError = true)]
    private static partial int poll_private(PollFd* fds, nuint nfds, int timeout);

    [LibraryImport(LibC.Library, EntryPoint = "eventfd", SetLastError = true)]
    private static partial int eventfd_private(uint initval, int flags);

    [LibraryImport(LibC.Library, EntryPoint = "write")]
    private static partial nint write_private(FileDescriptor fd, void* buf, nuint count);
}
