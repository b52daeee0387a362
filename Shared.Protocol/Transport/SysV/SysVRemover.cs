using Microsoft.Extensions.Logging;
using Shared.Protocol.Interop.Linux;

namespace Shared.Protocol.Transport.SysV;

/// <summary>
/// Removes queues for the last daemon. On a wire of C programs a queue stays if the daemons did not make it, or if a process that was
/// seen to send or receive there lives and never was one of the daemons.
/// </summary>
internal sealed class SysVRemover(SysVTransportOptions options, SysVOwnership ownership, SysVCalls calls, ILogger logger)
{
    /// <summary>Whether the key has a queue at all.</summary>
    internal bool IsThere(SysVQueue queue) => calls.GetQueue(queue.Key, 0).Error != Errno.ENOENT;

    /// <summary>Removes a queue that this daemon made a moment ago.</summary>
    internal void RemoveOwn(int queueId) => calls.RemoveQueue(queueId);

    /// <summary>Removes the queue that the key has now. With the mutex held, and no daemon attached any more.</summary>
    /// <returns>None where the key has no queue any more, or one that is to stay; else what the kernel said last: try again.</returns>
    internal Errno RemoveUnlessUsed(SysVSemaphoreSet set, SysVQueue queue)
    {
        CallResult found = calls.GetQueue(queue.Key, 0);
        if (!found.Succeeded)
        {
            return found.Error == Errno.ENOENT ? Errno.None : found.Error;
        }

        CallResult stat = calls.StatQueue(found.Value, out MsqidDs state);
        if (!stat.Succeeded)
        {
            // Also where it was removed between the two calls: the next attempt finds nothing.
            return stat.Error;
        }

        try
        {
            ownership.Check(SysVObjectKind.Queue, queue.Key, state.msg_perm);
        }
        catch (ResourceRefusedException refused)
        {
            SysVLog.QueueKept(logger, queue.Name, queue.Key, refused.Message);
            return Errno.None;
        }

        if (options.WireIsForeign && ReasonToKeep(set, queue, found.Value, state) is { } reason)
        {
            SysVLog.QueueKept(logger, queue.Name, queue.Key, reason);
            return Errno.None;
        }

        if (!MayRemove(state.msg_perm))
        {
            SysVLog.QueueKept(logger, queue.Name, queue.Key, $"it belongs to uid {state.msg_perm.uid}, whose daemons use it again");
            return Errno.None;
        }

        return calls.RemoveQueue(found.Value).Error;
    }

    /// <summary>Whether the kernel lets this user remove an object: its owner, its creator, root.</summary>
    internal static bool MayRemove(in IpcPerm perm)
    {
        uint user = Unistd.geteuid();
        return user == 0 || user == perm.uid || user == perm.cuid;
    }

    private static string? ReasonToKeep(SysVSemaphoreSet set, SysVQueue queue, int queueId, in MsqidDs state)
    {
        if (set.RecordedQueue(queue.Slot) != queueId)
        {
            return "it was there before the daemons";
        }

        queue.Users.Note(state);
        foreach (int pid in queue.Users.Pids)
        {
            if (Unistd.IsAlive(pid) && !WasDaemon(set, pid))
            {
                return $"process {pid} uses it";
            }
        }

        return null;
    }

    /// <summary>Whether a process ever held a claim of this set: each claim names the last process that took it or gave it back.</summary>
    private static bool WasDaemon(SysVSemaphoreSet set, int pid)
    {
        for (int number = SysVSetDescriptor.FirstClaim; number < SysVSetDescriptor.SemaphoreCount; number++)
        {
            if (set.PidAt(number) == pid)
            {
                return true;
            }
        }

        return false;
    }
}
