using System.Runtime.InteropServices;

namespace Shared.Protocol.Interop.Linux;

/// <summary><c>struct timespec</c> of 64-bit systems: 16 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct TimeSpec
{
    [FieldOffset(0)] internal long tv_sec;
    [FieldOffset(8)] internal long tv_nsec;

    internal static TimeSpec From(TimeSpan time) => new()
    {
        tv_sec = time.Ticks / TimeSpan.TicksPerSecond,
        tv_nsec = time.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick,
    };
}
