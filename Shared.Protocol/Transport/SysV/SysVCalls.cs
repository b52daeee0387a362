using Shared.Protocol.Interop.Linux;

namespace Shared.Protocol.Transport.SysV;

/// <summary>
/// The kernel as this transport sees it, so that a test can put a failing one in its place. A virtual call costs a nanosecond where
/// the system call behind it costs hundreds.
/// </summary>
internal unsafe class SysVCalls
{
    internal static readonly SysVCalls Kernel = new();

    internal virtual CallResult GetQueue(int key, int flags) => SysMsg.msgget(key, flags);

    /// <summary>Never waits: <see cref="Errno.EAGAIN"/> when full.</summary>
    internal virtual Errno Send(int queueId, byte* message, int textBytes) =>
        SysMsg.msgsnd(queueId, message, (nuint)textBytes, SysIpc.IPC_NOWAIT);

    /// <summary>Waits. A longer message is cut rather than left at the head of the queue for ever.</summary>
    internal virtual CallResult Receive(int queueId, byte* message, int textBytes, long mtype) =>
        SysMsg.msgrcv(queueId, message, (nuint)textBytes, mtype, SysMsg.MSG_NOERROR);

    /// <summary>Takes a message and all but its first bytes away with it; never waits: <see cref="Errno.ENOMSG"/> when there is none.</summary>
    internal virtual CallResult TryReceive(int queueId, byte* message, int textBytes, long mtype) =>
        SysMsg.msgrcv(queueId, message, (nuint)textBytes, mtype, SysMsg.MSG_NOERROR | SysIpc.IPC_NOWAIT);

    internal virtual CallResult StatQueue(int queueId, out MsqidDs state) => SysMsg.Stat(queueId, out state);

    internal virtual CallResult StatAnyQueue(int queueId, out MsqidDs state) => SysMsg.StatAny(queueId, out state);

    internal virtual CallResult SetQueue(int queueId, in MsqidDs state) => SysMsg.Set(queueId, state);

    internal virtual CallResult RemoveQueue(int queueId) => SysMsg.Remove(queueId);

    internal virtual CallResult QueueLimits(out MsgInfo limits) => SysMsg.Info(out limits);

    internal virtual CallResult GetSet(int key, int semaphores, int flags) => SysSem.semget(key, semaphores, flags);

    internal virtual Errno Operate(int setId, ReadOnlySpan<SemBuf> operations, TimeSpan timeout) =>
        SysSem.semtimedop(setId, operations, timeout);

    internal virtual CallResult GetValue(int setId, int number) => SysSem.GetValue(setId, number);

    internal virtual CallResult GetPid(int setId, int number) => SysSem.GetPid(setId, number);

    internal virtual CallResult SetValue(int setId, int number, int value) => SysSem.SetValue(setId, number, value);

    internal virtual CallResult StatSet(int setId, out SemidDs state) => SysSem.Stat(setId, out state);

    internal virtual CallResult StatAnySet(int setId, out SemidDs state) => SysSem.StatAny(setId, out state);

    internal virtual CallResult SetSet(int setId, in SemidDs state) => SysSem.Set(setId, state);

    internal virtual CallResult RemoveSet(int setId) => SysSem.Remove(setId);
}
