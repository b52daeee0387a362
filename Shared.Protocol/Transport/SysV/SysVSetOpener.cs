using Shared.Protocol.Interop.Linux;

namespace Shared.Protocol.Transport.SysV;

/// <summary>Opens the semaphore set of the request key or makes it, and refuses another's.</summary>
internal sealed class SysVSetOpener(SysVTransportOptions options, SysVOwnership ownership, SysVCalls calls)
{
    private int Key => options.RequestKey;

    /// <summary>The set, or null where it appeared or vanished between two calls: try again.</summary>
    /// <exception cref="ResourceRefusedException">It is another's, or cannot be made.</exception>
    internal SysVSemaphoreSet? TryOpenOrCreate()
    {
        CallResult made = calls.GetSet(Key, SysVSetDescriptor.SemaphoreCount, SysIpc.IPC_CREAT | SysIpc.IPC_EXCL | options.Mode);
        if (made.Succeeded)
        {
            GiveToGroup(made.Value);
            return new SysVSemaphoreSet(made.Value, calls);
        }

        if (made.Error != Errno.EEXIST)
        {
            throw RefuseToMake(made.Error);
        }

        CallResult found = calls.GetSet(Key, SysVSetDescriptor.SemaphoreCount, 0);
        if (!found.Succeeded)
        {
            return found.Error switch
            {
                Errno.ENOENT => null,
                Errno.EINVAL => throw RefuseOther(),
                _ => throw RefuseToMake(found.Error),
            };
        }

        return TryCheck(found.Value) ? new SysVSemaphoreSet(found.Value, calls) : null;
    }

    private bool TryCheck(int id)
    {
        CallResult stat = calls.StatSet(id, out SemidDs state);
        if (!stat.Succeeded)
        {
            return stat.Error is Errno.EINVAL or Errno.EIDRM ? false
                : stat.Error != Errno.EACCES ? throw RefuseToMake(stat.Error)
                : throw ownership.RefuseUnreadable(
                    SysVObjectKind.SemaphoreSet, Key, calls.StatAnySet(id, out SemidDs foreign).Succeeded ? foreign.sem_perm : null);
        }

        ownership.Check(SysVObjectKind.SemaphoreSet, Key, state.sem_perm);
        return true;
    }

    private void GiveToGroup(int id)
    {
        if (options.GroupId is not { } group)
        {
            return;
        }

        CallResult given = calls.StatSet(id, out SemidDs state);
        if (given.Succeeded)
        {
            state.sem_perm.gid = group;
            given = calls.SetSet(id, state);
        }

        if (!given.Succeeded)
        {
            calls.RemoveSet(id);
            throw new ResourceRefusedException(
                $"The semaphore set of key {Key} (0x{Key:x}) cannot be given to gid {group}: {ErrnoTable.Describe(given.Error)}. {SysVAdvice.For(given.Error)}");
        }
    }

    private ResourceRefusedException RefuseOther() => new(
        $"The semaphore set of key {Key} (0x{Key:x}) has fewer than {SysVSetDescriptor.SemaphoreCount} semaphores: it is another program's. Choose another key, or remove it with `ipcrm -S 0x{Key:x}`.");

    private ResourceRefusedException RefuseToMake(Errno error) => new(error switch
    {
        Errno.EINVAL or Errno.ENOSPC => $"The semaphore set of key {Key} (0x{Key:x}) cannot be made: {ErrnoTable.Describe(error)}. It takes {SysVSetDescriptor.SemaphoreCount} semaphores in one set; see `sysctl kernel.sem` and raise it, e.g. `sysctl -w kernel.sem=\"32000 1024000000 500 32000\"`.",
        _ => $"The semaphore set of key {Key} (0x{Key:x}) cannot be opened: {ErrnoTable.Describe(error)}. {SysVAdvice.For(error)}",
    });
}
