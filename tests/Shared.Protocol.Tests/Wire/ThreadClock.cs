using System.Runtime.InteropServices;

namespace Shared.Protocol.Tests.Wire;

/// <summary>The CPU time of the calling thread: what a call costs, not how long a busy machine let it wait.</summary>
internal static partial class ThreadClock
{
    private const int CLOCK_THREAD_CPUTIME_ID = 3;

    internal static TimeSpan Now => clock_gettime(CLOCK_THREAD_CPUTIME_ID, out Timespec time) == 0
        ? TimeSpan.FromTicks((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / TimeSpan.NanosecondsPerTick))
        : throw new InvalidOperationException("clock_gettime failed.");

    [LibraryImport("libc")]
    private static partial int clock_gettime(int clockId, out Timespec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Timespec
    {
        internal readonly long Seconds;
        internal readonly long Nanoseconds;
    }
}
