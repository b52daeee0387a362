using System.Runtime.InteropServices;

namespace Shared.Protocol.Interop.Linux;

/// <summary><c>struct msqid_ds</c>: the state of a message queue. 120 bytes on x86-64 and arm64 with glibc.</summary>
[StructLayout(LayoutKind.Explicit, Size = 120)]
internal struct MsqidDs
{
    [FieldOffset(0)] internal IpcPerm msg_perm;
    [FieldOffset(48)] internal long msg_stime;
    [FieldOffset(56)] internal long msg_rtime;
    [FieldOffset(64)] internal long msg_ctime;
    [FieldOffset(72)] internal ulong msg_cbytes;
    [FieldOffset(80)] internal ulong msg_qnum;
    [FieldOffset(88)] internal ulong msg_qbytes;
    [FieldOffset(96)] internal int msg_lspid;
    [FieldOffset(100)] internal int msg_lrpid;
}
