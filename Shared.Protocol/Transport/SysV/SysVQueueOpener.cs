using Microsoft.Extensions.Logging;
using Shared.Protocol.Interop.Linux;

namespace Shared.Protocol.Transport.SysV;

/// <summary>
/// Opens a key's queue or makes it, and refuses another's. Called with the mutex of the daemons held, so that all of them agree on
/// what was made.
/// </summary>
internal sealed class SysVQueueOpener(SysVTransportOptions options, SysVOwnership ownership, SysVCalls calls, ILogger logger)
{
    // Between two calls a queue can appear or vanish only by the hand of somebody outside; more than a few times is no accident.
    private const int MaxAttempts = 10;

    /// <summary>The queue of a key.</summary>
    /// <exception cref="ResourceRefusedException">It is another's, or cannot be made.</exception>
    internal SysVOpenedQueue OpenOrCreate(int key)
    {
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            CallResult made = calls.GetQueue(key, SysIpc.IPC_CREAT | SysIpc.IPC_EXCL | options.Mode);
            bool isNew = made.Succeeded;
            if (!isNew && made.Error != Errno.EEXIST)
            {
                throw RefuseToMake(key, made.Error);
            }

            CallResult found = isNew ? made : calls.GetQueue(key, 0);
            if (found.Succeeded && TryPrepare(key, found.Value, isNew, out long capacityBytes))
            {
                return new SysVOpenedQueue(found.Value, isNew, capacityBytes);
            }
        }

        throw new ResourceRefusedException(
            $"The message queue of key {key} (0x{key:x}) is made and removed again by somebody: {MaxAttempts} attempts to open it failed.");
    }

    private static ResourceRefusedException RefuseToMake(int key, Errno error) => new(error switch
    {
        Errno.ENOSPC => $"The message queue of key {key} (0x{key:x}) cannot be made: all queues of this system are in use. Remove unused ones (`ipcs -q`, `ipcrm -q ID`) or raise the limit, e.g. `sysctl -w kernel.msgmni=32768`.",
        Errno.ENOSYS or Errno.EPERM => $"The message queue of key {key} (0x{key:x}) cannot be made: {ErrnoTable.Describe(error)}. A seccomp filter or service setting such as SystemCallFilter=~@ipc forbids msgget.",
        _ => $"The message queue of key {key} (0x{key:x}) cannot be made: {ErrnoTable.Describe(error)}.",
    });

    /// <summary>False where the queue was removed meanwhile.</summary>
    private bool TryPrepare(int key, int id, bool isNew, out long capacityBytes)
    {
        capacityBytes = 0;
        CallResult stat = calls.StatQueue(id, out MsqidDs state);
        if (!stat.Succeeded)
        {
            return stat.Error is Errno.EINVAL or Errno.EIDRM
                ? false
                : throw ownership.RefuseUnreadable(
                    SysVObjectKind.Queue, key, calls.StatAnyQueue(id, out MsqidDs foreign).Succeeded ? foreign.msg_perm : null);
        }

        if (isNew && options.GroupId is { } group)
        {
            state.msg_perm.gid = group;
            CallResult given = calls.SetQueue(id, state);
            if (!given.Succeeded)
            {
                calls.RemoveQueue(id);
                throw new ResourceRefusedException(
                    $"The message queue of key {key} (0x{key:x}) cannot be given to gid {group}: {ErrnoTable.Describe(given.Error)}.");
            }
        }

        ownership.Check(SysVObjectKind.Queue, key, state.msg_perm);
        capacityBytes = (long)state.msg_qbytes;
        if (options.DesiredQueueBytes > 0 && options.DesiredQueueBytes != capacityBytes && (isNew || options.DesiredQueueBytes > capacityBytes))
        {
            capacityBytes = Resize(key, id, state);
        }

        return true;
    }

    /// <summary>Sets the capacity where that is allowed, and otherwise says which setting of the system would do it.</summary>
    private long Resize(int key, int id, MsqidDs state)
    {
        long foundBytes = (long)state.msg_qbytes;
        state.msg_qbytes = (ulong)options.DesiredQueueBytes;
        CallResult set = calls.SetQueue(id, state);
        if (set.Succeeded)
        {
            return options.DesiredQueueBytes;
        }

        SysVLog.QueueNotResized(logger, key, options.DesiredQueueBytes, foundBytes, ErrnoTable.Describe(set.Error));
        return foundBytes;
    }
}
