using System.Runtime.InteropServices;

namespace Shared.Protocol.Interop.Linux;

/// <summary><c>struct msginfo</c>: the limits of message queues in this IPC namespace. 32 bytes on x86-64 and arm64.</summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
internal struct MsgInfo
{
    [FieldOffset(0)] internal int msgpool;
    [FieldOffset(4)] internal int msgmap;
    [FieldOffset(8)] internal int msgmax;
    [FieldOffset(12)] internal int msgmnb;
    [FieldOffset(16)] internal int msgmni;
    [FieldOffset(20)] internal int msgssz;
    [FieldOffset(24)] internal int msgtql;
    [FieldOffset(28)] internal ushort msgseg;
}
