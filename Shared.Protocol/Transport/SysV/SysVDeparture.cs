using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Shared.Protocol.Interop.Linux;

namespace Shared.Protocol.Transport.SysV;

/// <summary>
/// Gives a daemon's place back; the last to do so removes the queues, then the set. A step that the kernel refuses is tried again for a
/// while, from where it stood: what is left undone here nobody else may ever do.
/// </summary>
internal sealed class SysVDeparture(SysVSemaphoreSet set, int claim, int requestKey, SysVQueue[] queues, SysVRemover remover, ILogger logger, ISharedResources? others = null)
{
    // The mutex is held for some microseconds; only a stopped process (SIGSTOP) keeps it longer. A daemon has 5 s to stop.
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    private bool _holdsMutex;
    private bool _isDetached;

    /// <summary>Leaves; takes at most a second, and says what could not be done.</summary>
    internal async Task RunAsync()
    {
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            TimeSpan left = s_deadline - Stopwatch.GetElapsedTime(started);
            Errno error = TryLeave(left > TimeSpan.Zero ? left : TimeSpan.Zero);
            if (error == Errno.None)
            {
                return;
            }

            if (left <= TimeSpan.Zero || !set.Exists)
            {
                GiveUp(error);
                return;
            }

            await Task.Delay(s_pause);
        }
    }

    /// <summary>Does what is left to do; the first failure, or none.</summary>
    private Errno TryLeave(TimeSpan lockTimeout)
    {
        if (!_holdsMutex)
        {
            Errno locked = set.Lock(lockTimeout);
            if (locked != Errno.None)
            {
                return locked;
            }

            _holdsMutex = true;
        }

        if (!_isDetached)
        {
            Errno detached = set.Detach(claim);
            if (detached != Errno.None)
            {
                return detached;
            }

            _isDetached = true;
        }

        // Not knowing who is left is no reason to take the queues away from them.
        CallResult attached = set.CountAttached();
        return !attached.Succeeded ? attached.Error
            : attached.Value > 0 ? set.Unlock()
            : RemoveAll();
    }

    private Errno RemoveAll()
    {
        foreach (SysVQueue queue in queues)
        {
            Errno removed = remover.RemoveUnlessUsed(set, queue);
            if (removed != Errno.None)
            {
                return removed;
            }
        }

        others?.RemoveAll();

        // That of another user stays, as its queues do: free, and found again by the next daemon.
        return set.IsOthers ? set.Unlock() : set.Remove();
    }

    /// <summary>Without the mutex nobody can know who else is there: nothing is removed then, and the next daemon to leave does it.</summary>
    private void GiveUp(Errno error)
    {
        if (!_isDetached)
        {
            set.Detach(claim);
        }

        if (_holdsMutex)
        {
            set.Unlock();
        }

        SysVLog.LeftIncompletely(logger, requestKey, ErrnoTable.Describe(error));
    }
}
