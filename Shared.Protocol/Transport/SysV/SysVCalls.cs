using Shared.Protocol.Diagnostics;
using Shared.Protocol.Interop.Linux;

namespace Shared.Protocol.Transport.SysV;

/// <summary>
/// The kernel as this transport sees it, so that a test can put a failing one in its place. A virtual call costs a nanosecond where
/// the system call behind it costs hundreds.
/// </summary>
internal unsafe class SysVCalls
{
    internal static readonly SysVCalls Kernel = new();

    internal virtual CallResult GetQueue(int key, int flags) => Counted("msgget", SysMsg.msgget(key, flags));

    /// <summary>Never waits: <see cref="Errno.EAGAIN"/> when full.</summary>
    internal virtual Errno Send(int queueId, byte* message, int textBytes) => Counted("msgsnd", SysMsg.msgsnd(queueId, message, (nuint)textBytes, SysIpc.IPC_NOWAIT));

    /// <summary>Waits. A longer message is cut rather than left at the head of the queue for ever.</summary>
    internal virtual CallResult Receive(int queueId, byte* message, int textBytes, long mtype) => Counted("msgrcv", SysMsg.msgrcv(queueId, message, (nuint)textBytes, mtype, SysMsg.MSG_NOERROR));

    /// <summary>Takes a message and all but its first bytes away with it; never waits: <see cref="Errno.ENOMSG"/> when there is none.</summary>
    internal virtual CallResult TryReceive(int queueId, byte* message, int textBytes, long mtype) => Counted("msgrcv", SysMsg.msgrcv(queueId, message, (nuint)textBytes, mtype, SysMsg.MSG_NOERROR | SysIpc.IPC_NOWAIT));

    internal virtual CallResult StatQueue(int queueId, out MsqidDs state) => Counted("msgctl", SysMsg.Stat(queueId, out state));

    internal virtual CallResult StatAnyQueue(int queueId, out MsqidDs state) => Counted("msgctl", SysMsg.StatAny(queueId, out state));

    internal virtual CallResult SetQueue(int queueId, in MsqidDs state) => Counted("msgctl", SysMsg.Set(queueId, state));

    internal virtual CallResult RemoveQueue(int queueId) => Counted("msgctl", SysMsg.Remove(queueId));

    internal virtual CallResult QueueLimits(out MsgInfo limits) => Counted("msgctl", SysMsg.Info(out limits));

    internal virtual CallResult GetSet(int key, int semaphores, int flags) => Counted("semget", SysSem.semget(key, semaphores, flags));

    internal virtual Errno Operate(int setId, ReadOnlySpan<SemBuf> operations, TimeSpan timeout) => Counted("semtimedop", SysSem.semtimedop(setId, operations, timeout));

    internal virtual CallResult GetValue(int setId, int number) => Counted("semctl", SysSem.GetValue(setId, number));

    internal virtual CallResult GetPid(int setId, int number) => Counted("semctl", SysSem.GetPid(setId, number));

    internal virtual CallResult SetValue(int setId, int number, int value) => Counted("semctl", SysSem.SetValue(setId, number, value));

    internal virtual CallResult StatSet(int setId, out SemidDs state) => Counted("semctl", SysSem.Stat(setId, out state));

    internal virtual CallResult StatAnySet(int setId, out SemidDs state) => Counted("semctl", SysSem.StatAny(setId, out state));

    internal virtual CallResult SetSet(int setId, in SemidDs state) => Counted("semctl", SysSem.Set(setId, state));

    internal virtual CallResult RemoveSet(int setId) => Counted("semctl", SysSem.Remove(setId));

    private static CallResult Counted(string call, CallResult result)
    {
        _ = Counted(call, result.Error);
        return result;
    }

    private static Errno Counted(string call, Errno error)
    {
        if (error is not (Errno.None or Errno.ENOMSG))
        {
            TransportMetrics.CallFailed(call, error);
        }

        return error;
    }
}
