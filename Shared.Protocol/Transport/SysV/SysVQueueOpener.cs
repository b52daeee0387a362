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

    // A log-in with the longest name and an envelope. Below it nothing works at all.
    private const long MinQueueBytes = 256;

    /// <summary>The queue of a key.</summary>
    /// <exception cref="ResourceRefusedException">It is another's, or cannot be made.</exception>
    internal SysVOpenedQueue OpenOrCreate(int key)
    {
        int madeId = -1;
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            CallResult made = calls.GetQueue(key, SysIpc.IPC_CREAT | SysIpc.IPC_EXCL | options.Mode);
            madeId = made.Succeeded ? made.Value : madeId;
            if (!made.Succeeded && made.Error != Errno.EEXIST)
            {
                throw RefuseToMake(key, made.Error);
            }

            CallResult found = made.Succeeded ? made : calls.GetQueue(key, 0);
            if (found.Succeeded && TryPrepare(key, found.Value, found.Value == madeId, out long capacityBytes))
            {
                return new SysVOpenedQueue(found.Value, found.Value == madeId, capacityBytes);
            }

            if (!found.Succeeded && found.Error != Errno.ENOENT)
            {
                throw RefuseToMake(key, found.Error);
            }
        }

        throw new ResourceRefusedException(
            $"The message queue of key {key} (0x{key:x}) is made and removed again by somebody: {MaxAttempts} attempts to open it failed. See who does it with `ipcs -p`.");
    }

    private static ResourceRefusedException RefuseToMake(int key, Errno error) => new(error switch
    {
        Errno.ENOSPC => $"The message queue of key {key} (0x{key:x}) cannot be made: all queues of this system are in use. Remove unused ones (`ipcs -q`, `ipcrm -q ID`) or raise the limit, e.g. `sysctl -w kernel.msgmni=32768`.",
        _ => $"The message queue of key {key} (0x{key:x}) cannot be opened: {ErrnoTable.Describe(error)}. {SysVAdvice.For(error)}",
    });

    /// <summary>False where the queue was removed meanwhile. A new one that is not fit for use is taken away again.</summary>
    private bool TryPrepare(int key, int id, bool isNew, out long capacityBytes)
    {
        try
        {
            return TryUse(key, id, isNew, out capacityBytes);
        }
        catch (ResourceRefusedException) when (isNew)
        {
            calls.RemoveQueue(id);
            throw;
        }
    }

    private bool TryUse(int key, int id, bool isNew, out long capacityBytes)
    {
        capacityBytes = 0;
        CallResult stat = calls.StatQueue(id, out MsqidDs state);
        if (!stat.Succeeded)
        {
            return stat.Error is Errno.EINVAL or Errno.EIDRM ? false
                : stat.Error != Errno.EACCES ? throw RefuseToMake(key, stat.Error)
                : throw ownership.RefuseUnreadable(
                    SysVObjectKind.Queue, key, calls.StatAnyQueue(id, out MsqidDs foreign).Succeeded ? foreign.msg_perm : null);
        }

        if (isNew && options.GroupId is { } group)
        {
            state.msg_perm.gid = group;
            CallResult given = calls.SetQueue(id, state);
            if (!given.Succeeded)
            {
                throw new ResourceRefusedException(
                    $"The message queue of key {key} (0x{key:x}) cannot be given to gid {group}: {ErrnoTable.Describe(given.Error)}. {SysVAdvice.For(given.Error)}");
            }
        }

        ownership.Check(SysVObjectKind.Queue, key, state.msg_perm);
        capacityBytes = (long)state.msg_qbytes;
        if (options.DesiredQueueBytes > 0 && options.DesiredQueueBytes != capacityBytes && (isNew || options.DesiredQueueBytes > capacityBytes))
        {
            capacityBytes = Resize(key, id, state);
        }

        if (capacityBytes < MinQueueBytes)
        {
            throw new ResourceRefusedException(
                $"The message queue of key {key} (0x{key:x}) holds {capacityBytes} bytes, and {MinQueueBytes} is the least. Somebody changed it, or `sysctl kernel.msgmnb` is that small: raise that, e.g. `sysctl -w kernel.msgmnb=65536`, stop all daemons of this key, and remove the queue with `ipcrm -Q 0x{key:x}`.");
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
