using System.Runtime.InteropServices;

namespace Shared.Protocol.Interop.Linux;

/// <summary><c>struct sembuf</c>: one operation on one semaphore of a set. 6 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 6)]
internal struct SemBuf
{
    [FieldOffset(0)] internal ushort sem_num;
    [FieldOffset(2)] internal short sem_op;
    [FieldOffset(4)] internal short sem_flg;

    internal SemBuf(int number, int operation, int flags)
    {
        sem_num = (ushort)number;
        sem_op = (short)operation;
        sem_flg = (short)flags;
    }
}
