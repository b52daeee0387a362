using System.Runtime.InteropServices;

namespace Shared.Protocol.Interop.Linux;

/// <summary>
/// <c>struct semid_ds</c>: the state of a semaphore set. Only the owner is read here. It has 104 bytes on x86-64 and 88 on arm64, where
/// the two times have no padding behind them; the kernel fills what it has, so room for the larger serves both.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 104)]
internal struct SemidDs
{
    [FieldOffset(0)] internal IpcPerm sem_perm;
}
