using Shared.Protocol.Interop.Linux;
using static Shared.Protocol.Transport.SysV.SysVSetDescriptor;

namespace Shared.Protocol.Transport.SysV;

/// <summary>
/// One semaphore set, by id. What a process adds here it adds with SEM_UNDO, so that the kernel takes it back even after a kill -9.
/// Undo is kept for each process, not for each user of this class: within a process, what was taken is given back explicitly.
/// </summary>
internal sealed class SysVSemaphoreSet(int id, SysVCalls calls)
{
    private const short Undo = SysSem.SEM_UNDO;
    private const short UndoNow = SysSem.SEM_UNDO | SysIpc.IPC_NOWAIT;

    /// <summary>Whether the set is still there.</summary>
    internal bool Exists => calls.GetValue(id, AttachedNumber) is not { Error: Errno.EINVAL or Errno.EIDRM };

    /// <summary>How many daemons are attached.</summary>
    internal CallResult CountAttached() => calls.GetValue(id, AttachedNumber);

    /// <summary>The process that last took or freed a semaphore.</summary>
    internal int PidAt(int number) => calls.GetPid(id, number) is { Succeeded: true, Value: var pid } ? pid : 0;

    /// <summary>Waits for the mutex: <see cref="Errno.EAGAIN"/> at the deadline, EIDRM or EINVAL where the set was removed.</summary>
    internal Errno Lock(TimeSpan timeout) => calls.Operate(id, [new SemBuf(MutexNumber, 0, 0), new SemBuf(MutexNumber, 1, Undo)], timeout);

    /// <summary>Frees the mutex. Where that fails it is held on, until it succeeds or this process ends.</summary>
    internal Errno Unlock() => calls.Operate(id, [new SemBuf(MutexNumber, -1, UndoNow)], TimeSpan.Zero);

    /// <summary>Takes a claim at once: <see cref="Errno.EAGAIN"/> where it is taken.</summary>
    internal Errno TakeClaim(int claim) =>
        calls.Operate(id, [new SemBuf(claim, 0, SysIpc.IPC_NOWAIT), new SemBuf(claim, 1, UndoNow)], TimeSpan.Zero);

    internal void FreeClaim(int claim) => calls.Operate(id, [new SemBuf(claim, -1, UndoNow)], TimeSpan.Zero);

    internal Errno Attach() => calls.Operate(id, [new SemBuf(AttachedNumber, 1, UndoNow)], TimeSpan.Zero);

    /// <summary>Whether a daemon holds a claim; null where it cannot be read.</summary>
    internal bool? IsTaken(int claim) => calls.GetValue(id, claim) is { Succeeded: true, Value: var value } ? value > 0 : null;

    /// <summary>Gives the claim and the place among the daemons back.</summary>
    internal Errno Detach(int claim) =>
        calls.Operate(id, [new SemBuf(claim, -1, UndoNow), new SemBuf(AttachedNumber, -1, UndoNow)], TimeSpan.Zero);

    /// <summary>Keeps the id of a queue that a daemon made. With the mutex held; a kill in between leaves an id that no queue has.</summary>
    internal void RecordQueue(int slot, int queueId)
    {
        long rest = queueId + 1L;
        for (int digit = 0; digit < RecordDigits; digit++)
        {
            calls.SetValue(id, slot + digit, (int)(rest & DigitMask));
            rest >>= BitsPerDigit;
        }
    }

    /// <summary>The id that <see cref="RecordQueue"/> kept, or -1; null where it cannot be read.</summary>
    internal int? RecordedQueue(int slot)
    {
        long value = 0;
        for (int digit = RecordDigits - 1; digit >= 0; digit--)
        {
            CallResult read = calls.GetValue(id, slot + digit);
            if (!read.Succeeded)
            {
                return null;
            }

            value = (value << BitsPerDigit) | (uint)read.Value;
        }

        return (int)(value - 1);
    }

    /// <summary>Whether it is another user's, who alone may remove it.</summary>
    internal bool IsOthers => calls.StatSet(id, out SemidDs state).Succeeded && !SysVRemover.MayRemove(state.sem_perm);

    /// <summary>Removes the set, with all that is kept in it.</summary>
    internal Errno Remove() => calls.RemoveSet(id).Error;
}
