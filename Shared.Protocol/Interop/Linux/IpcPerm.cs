using System.Runtime.InteropServices;

namespace Shared.Protocol.Interop.Linux;

/// <summary><c>struct ipc_perm</c>: who owns a System V object, and who may use it. 48 bytes on x86-64 and arm64.</summary>
[StructLayout(LayoutKind.Explicit, Size = 48)]
internal struct IpcPerm
{
    [FieldOffset(0)] internal int key;
    [FieldOffset(4)] internal uint uid;
    [FieldOffset(8)] internal uint gid;
    [FieldOffset(12)] internal uint cuid;
    [FieldOffset(16)] internal uint cgid;

    /// <summary>The low nine bits are the permissions. glibc before 2.32 declared 16 bits here; both are little-endian, so the low half agrees.</summary>
    [FieldOffset(20)] internal uint mode;
}
