using System.Runtime.InteropServices;

namespace IpcBench.Interop;

/// <summary>The one name of the C library, and its errors as exceptions.</summary>
/// <remarks>Waiting calls that a signal interrupts are made again here, and no caller sees EINTR.</remarks>
internal static class LibC
{
    internal const string Library = "libc";

    internal const int EINTR = 4;
    internal const int EAGAIN = 11;
    internal const int ENOMSG = 42;

    /// <summary>What the last call of this thread failed with.</summary>
    internal static IOException Failed(string call) => Failed(call, Marshal.GetLastPInvokeError());

    /// <summary>What a call failed with.</summary>
    internal static IOException Failed(string call, int errno) => new($"{call}: {Marshal.GetPInvokeErrorMessage(errno)}", errno);
}
