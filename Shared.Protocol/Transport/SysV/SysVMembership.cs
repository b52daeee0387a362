using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Shared.Protocol.Interop.Linux;

namespace Shared.Protocol.Transport.SysV;

/// <summary>
/// This daemon's place among those that use the queues, kept in a semaphore set (<see cref="SysVSetDescriptor"/>). Everything that makes
/// or removes a queue happens here, with the set's mutex held, so that all daemons agree on one queue and the last one to leave removes it.
/// Calls of one object do not overlap: opening, then the keeper's, then leaving; but for those that ask about other daemons, for any thread.
/// </summary>
internal sealed class SysVMembership(
    SysVTransportOptions options, SysVQueue[] queues, SysVSetOpener sets, SysVQueueOpener opener, SysVRemover remover, ILogger logger, ISharedResources? others = null)
{
    private static readonly TimeSpan s_joinDeadline = TimeSpan.FromSeconds(5);

    // The mutex is held for some microseconds; only a stopped process (SIGSTOP) keeps it longer. A daemon has 5 s to stop.
    private static readonly TimeSpan s_lockDeadline = TimeSpan.FromSeconds(1);

    // Between two calls of another daemon that runs; a stopped one is not waited for.
    private static readonly TimeSpan s_handOverDeadline = TimeSpan.FromMilliseconds(500);
    private const int RetryMs = 5;

    private readonly object _pause = new();
    private readonly int _claim = SysVSetDescriptor.ClaimOf(options.Claim);
    private volatile SysVSemaphoreSet? _set;

    // A set whose mutex could not be freed when it was to be.
    private volatile SysVSemaphoreSet? _heldOn;

    /// <summary>Whether the set is still there, and so the peers' knowledge of this daemon.</summary>
    internal bool IsRegistered => _set is { Exists: true };

    /// <summary>Takes the claim, opens all queues and counts this daemon.</summary>
    /// <returns>The capacity of each queue, in bytes.</returns>
    /// <exception cref="ResourceRefusedException">The claim is taken, an object is another's, or the mutex stays held.</exception>
    internal long[] Join()
    {
        _set = Lock(s_joinDeadline);
        try
        {
            return JoinLocked(_set);
        }
        catch
        {
            _set = null;
            throw;
        }
    }

    /// <summary>Joins again after somebody removed the set. The queues that are open stay as they are.</summary>
    internal void Rejoin()
    {
        SysVSemaphoreSet set = Lock(s_lockDeadline);
        bool isTaken = false;
        try
        {
            TakeClaim(set);
            isTaken = true;
            Throw(set.Attach(), "be attached to");
            others?.Record(set);
            _set = set;
        }
        catch when (isTaken)
        {
            set.FreeClaim(_claim);
            throw;
        }
        finally
        {
            Unlock(set);
        }
    }

    /// <summary>Finds a removed queue anew, or makes it.</summary>
    internal SysVOpenedQueue Reopen(SysVQueue queue)
    {
        if (!IsRegistered)
        {
            Rejoin();
        }

        _ = Settle();
        SysVSemaphoreSet set = _set!;
        Throw(set.Lock(s_lockDeadline), "be locked in");
        try
        {
            return OpenLocked(set, queue);
        }
        finally
        {
            Unlock(set);
        }
    }

    /// <summary>
    /// Frees the mutex, if the kernel did not let it go when it was to be freed: the other daemons wait for it. False where it is held still.
    /// </summary>
    internal bool Settle()
    {
        if (_heldOn is { } set && (set.Unlock() == Errno.None || !set.Exists))
        {
            _heldOn = null;
        }

        return _heldOn is null;
    }

    /// <summary>The process that is a daemon at present; 0 when none is, or it cannot be seen from this PID namespace.</summary>
    internal int HolderOf(DaemonClaim claim)
    {
        int number = SysVSetDescriptor.ClaimOf(claim);
        return _set is { } set && set.IsTaken(number) == true ? set.PidAt(number) : 0;
    }

    /// <summary>Whether some process is that daemon at present; null where the set cannot be asked.</summary>
    internal bool? IsTaken(DaemonClaim claim) => _set?.IsTaken(SysVSetDescriptor.ClaimOf(claim));

    /// <summary>
    /// Does something while nobody can become a daemon, if that daemon is a certain process or nobody. False when it is another, or nobody can tell.
    /// </summary>
    internal bool TryWhileHeldBy(DaemonClaim claim, long holder, Action action)
    {
        int number = SysVSetDescriptor.ClaimOf(claim);
        if (_set is not { } set || set.Lock(s_lockDeadline) != Errno.None)
        {
            return false;
        }

        try
        {
            bool isSo = set.IsTaken(number) is { } isTaken && (!isTaken || (holder != 0 && set.PidAt(number) == holder));
            if (isSo)
            {
                action();
            }

            return isSo;
        }
        finally
        {
            Unlock(set);
        }
    }

    /// <summary>Gives the place back; the last to do so removes the queues, then the set.</summary>
    internal async Task LeaveAsync()
    {
        if (_set is { } set)
        {
            _set = null;
            _ = Settle();
            await new SysVDeparture(set, _claim, options.RequestKey, queues, remover, logger, others).RunAsync();
        }
    }

    private static bool IsGone(Errno error) => error is Errno.EIDRM or Errno.EINVAL;

    private long[] JoinLocked(SysVSemaphoreSet set)
    {
        var made = new List<int>();
        bool isTaken = false;
        bool isJoined = false;
        try
        {
            TakeClaim(set);
            isTaken = true;
            CheckMechanism(set);
            long[] capacities = new long[queues.Length];
            for (int index = 0; index < queues.Length; index++)
            {
                SysVOpenedQueue opened = OpenLocked(set, queues[index]);
                if (opened.IsNew)
                {
                    made.Add(opened.Id);
                }

                queues[index].Open(opened.Id);
                capacities[index] = opened.CapacityBytes;
            }

            others?.Open();
            others?.Record(set);
            Throw(set.Attach(), "be attached to");
            isJoined = true;
            return capacities;
        }
        finally
        {
            if (!isJoined)
            {
                if (isTaken)
                {
                    set.FreeClaim(_claim);
                }

                made.ForEach(remover.RemoveOwn);
            }

            bool mayRemove = !isJoined && MayRemove(set);
            if (mayRemove)
            {
                others?.RemoveAll();
            }

            if (!mayRemove || set.Remove() != Errno.None)
            {
                Unlock(set);
            }
        }
    }

    /// <summary>Refuses where those who are there use another mechanism: neither would ever hear of the other.</summary>
    private void CheckMechanism(SysVSemaphoreSet set)
    {
        bool isMarked = set.RecordedQueue(SysVSetDescriptor.ResultRecord) == SysVSetDescriptor.RingMark;
        if (set.CountAttached() is not { Succeeded: true, Value: > 0 })
        {
            if (isMarked && others is null)
            {
                // Left by daemons that were killed.
                set.RecordQueue(SysVSetDescriptor.ResultRecord, -1);
            }

            return;
        }

        if (isMarked != others is not null)
        {
            throw new ResourceRefusedException(
                $"The daemons of key {options.RequestKey} (0x{options.RequestKey:x}) that run use {(isMarked ? "rings" : "message queues")}, and this {options.Claim} {(isMarked ? "message queues" : "rings")}. Give all of them one `Ipc:Transport`, or this one another key.");
        }

        others?.Check(set);
    }

    /// <summary>
    /// A refused daemon leaves the set as it found it: gone, if nobody is in it. Its record of earlier queues goes with it only where no
    /// earlier queue is left to speak of.
    /// </summary>
    private bool MayRemove(SysVSemaphoreSet set) =>
        set.CountAttached() is { Succeeded: true, Value: 0 }
        && !queues.Any(queue => set.RecordedQueue(queue.Slot) is null or >= 0 && remover.IsThere(queue));

    private void Unlock(SysVSemaphoreSet set)
    {
        if (set.Unlock() != Errno.None)
        {
            _heldOn = set;
        }
    }

    private SysVOpenedQueue OpenLocked(SysVSemaphoreSet set, SysVQueue queue)
    {
        SysVOpenedQueue opened = opener.OpenOrCreate(queue.Key);
        if (opened.IsNew)
        {
            set.RecordQueue(queue.Slot, opened.Id);
        }

        return opened;
    }

    private void TakeClaim(SysVSemaphoreSet set)
    {
        Errno taken = set.TakeClaim(_claim);
        if (taken == Errno.EAGAIN)
        {
            throw new ResourceRefusedException(
                $"A second {options.Claim} on key {options.RequestKey} (0x{options.RequestKey:x}): process {set.PidAt(_claim)} is it already. Stop that one, or give this one another number or key.");
        }

        Throw(taken, "be claimed in");
    }

    /// <summary>The set with its mutex held. A last daemon that leaves removes the set under the feet of who waits for it; then again.</summary>
    private SysVSemaphoreSet Lock(TimeSpan deadline)
    {
        _ = Settle();
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            TimeSpan left = deadline - Stopwatch.GetElapsedTime(started);
            left = left > TimeSpan.Zero ? left : TimeSpan.Zero;
            SysVSemaphoreSet? set = TryOpenSet(started);
            Errno locked = set?.Lock(left) ?? Errno.EIDRM;
            if (set is not null && locked == Errno.None)
            {
                return set;
            }

            if (!IsGone(locked))
            {
                Throw(locked, $"be locked within {deadline.TotalSeconds} s (process {set!.PidAt(SysVSetDescriptor.MutexNumber)} touched it last) in");
            }

            if (left == TimeSpan.Zero)
            {
                Throw(Errno.EIDRM, "be kept in");
            }

            lock (_pause)
            {
                Monitor.Wait(_pause, RetryMs);
            }
        }
    }

    /// <summary>
    /// The set, or null: try again. Its maker gives it to the group in a second step. Who comes between the two finds a set that he may not
    /// use, so with a group a refusal counts only after a while.
    /// </summary>
    private SysVSemaphoreSet? TryOpenSet(long started)
    {
        try
        {
            return sets.TryOpenOrCreate();
        }
        catch (ResourceRefusedException) when (options.GroupId is not null && Stopwatch.GetElapsedTime(started) < s_handOverDeadline)
        {
            return null;
        }
    }

    private void Throw(Errno error, string what)
    {
        if (error != Errno.None)
        {
            throw new ResourceRefusedException(
                $"The {options.Claim} cannot {what} the semaphore set of key {options.RequestKey} (0x{options.RequestKey:x}): {ErrnoTable.Describe(error)}. See `ipcs -s`; with all daemons of this key stopped, `ipcrm -S 0x{options.RequestKey:x}` helps.");
        }
    }
}
