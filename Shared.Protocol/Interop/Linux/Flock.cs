using System.Runtime.InteropServices;

namespace Shared.Protocol.Interop.Linux;

#pragma warning disable IDE1006 // C's names.

/// <summary><c>struct flock</c>: a range of a file that is locked. 32 bytes on 64-bit systems.</summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
internal struct Flock
{
    /// <summary>F_WRLCK, or F_UNLCK for none.</summary>
    [FieldOffset(0)] internal short l_type;

    /// <summary>0: from the start of the file.</summary>
    [FieldOffset(2)] internal short l_whence;

    /// <summary>The first byte; it need not be in the file.</summary>
    [FieldOffset(8)] internal long l_start;

    /// <summary>How many bytes.</summary>
    [FieldOffset(16)] internal long l_len;

    /// <summary>0 for locks of an open file.</summary>
    [FieldOffset(24)] internal int l_pid;
}
