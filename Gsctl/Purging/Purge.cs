using System.Globalization;
using Gsctl.Queues;
using Gsctl.Reports;
using Shared.Protocol.Hosting;
using Shared.Protocol.Interop.Linux;
using Shared.Protocol.Transport;
using Shared.Protocol.Transport.SysV;

namespace Gsctl.Purging;

/// <summary>
/// Finds and removes what daemons of a key have left that no longer live: killed ones, whose last peer was killed too. Who lives the semaphores of the
/// key know, which the kernel takes back from whoever dies. What is removed is removed with their mutex held, so that nobody becomes a daemon meanwhile.
/// </summary>
/// <param name="ipc">Key, wire and folders.</param>
internal sealed class Purge(IpcOptions ipc)
{
    private const uint RootUid = 0;

    private static readonly TimeSpan s_lockLimit = TimeSpan.FromSeconds(2);

    /// <summary>Looks, and changes nothing.</summary>
    public LeftObjects Look() => Look(OpenSet());

    /// <summary>Removes what is there of nobody.</summary>
    /// <returns>What became of it.</returns>
    /// <exception cref="GsctlException">The semaphores cannot be had.</exception>
    public LeftObjects Remove()
    {
        if (OpenSet() is not { } set)
        {
            // No queue is a daemon's then; and whether a file is still in use is looked at once more as it is removed.
            return Remove(null, out _);
        }

        Lock(set);
        bool isSetRemoved = false;
        try
        {
            return Remove(set, out isSetRemoved);
        }
        finally
        {
            if (!isSetRemoved)
            {
                _ = set.Unlock();
            }
        }
    }

    private static PurgeItem Outcome(PurgeItem item, Errno error) => error == Errno.None
        ? item with { Outcome = "removed" }
        : item with { Outcome = "failed", Reason = ErrnoTable.Describe(error) };

    private static string Describe(int key, int id) => string.Create(CultureInfo.InvariantCulture, $"key {key}, id {id}");

    private static PurgeItem RemoveFile(LeftFile file)
    {
        PurgeItem item = new(file.Kind, file.Path, "removed");
        try
        {
            return LeftFiles.Remove(file) ? item : item with { Outcome = "kept", Reason = "somebody uses it by now" };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return item with { Outcome = "failed", Reason = exception.Message };
        }
    }

    private static PurgeItem RemoveQueue(int id)
    {
        _ = SysMsg.Stat(id, out MsqidDs state);
        return Outcome(new PurgeItem("queue", Describe(state.msg_perm.key, id), "removed"), SysMsg.Remove(id).Error);
    }

    private static void Lock(SysVSemaphoreSet set)
    {
        Errno locked = set.Lock(s_lockLimit);
        if (locked != Errno.None)
        {
            throw new GsctlException(ExitCodes.Refused, $"the semaphores of the key cannot be locked: {ErrnoTable.Describe(locked)}. A daemon starts or stops just now; try again.");
        }
    }

    /// <summary>The set of the key, if there is one; it is never made here.</summary>
    private SysVSemaphoreSet? OpenSet()
    {
        CallResult found = SysSem.semget(ipc.RequestKey, SysVSetDescriptor.SemaphoreCount, 0);
        if (found.Error == Errno.ENOENT)
        {
            return null;
        }

        Errno error = found.Error;
        SemidDs state = default;
        if (found.Succeeded)
        {
            error = SysSem.Stat(found.Value, out state).Error;
            if (error is Errno.EINVAL or Errno.EIDRM)
            {
                // Removed since.
                return null;
            }
        }

        if (error != Errno.None)
        {
            throw new GsctlException(ExitCodes.Refused, error == Errno.EINVAL
                ? $"the semaphore set of key {ipc.RequestKey} is another program's; see ipcs -s."
                : $"the semaphore set of key {ipc.RequestKey} cannot be read, so nobody can tell who lives: {ErrnoTable.Describe(error)}.");
        }

        Check(state.sem_perm);
        return new SysVSemaphoreSet(found.Value, SysVCalls.Kernel);
    }

    private void Check(in IpcPerm found)
    {
        SysVTransportOptions options = new()
        {
            RequestKey = ipc.RequestKey,
            ResultKey = ipc.EffectiveResultKey,
            SingleQueue = ipc.SingleQueue,
            Claim = new DaemonClaim(DaemonRole.ChatD, 0),
            Mode = ipc.ModeBits,
            GroupId = ipc.GroupId,

            // Root cleans up after whichever user the daemons have.
            OwnerUid = Unistd.geteuid() == RootUid ? found.uid : null,
            AllowedOwnerUids = ipc.PeerUserId is { } peer ? [peer] : [],
        };
        try
        {
            new SysVOwnership(options).Check(SysVObjectKind.SemaphoreSet, ipc.RequestKey, found);
        }
        catch (ResourceRefusedException refused)
        {
            throw new GsctlException(ExitCodes.Refused, refused.Message);
        }
    }

    private LeftObjects Remove(SysVSemaphoreSet? set, out bool isSetRemoved)
    {
        LeftObjects left = Look(set);
        List<PurgeItem> items = [.. left.Items.Where(item => item.Outcome == "kept")];
        items.AddRange(left.Queues.Select(RemoveQueue));
        items.AddRange(left.Files.Select(RemoveFile));
        isSetRemoved = false;
        if (left.HasDeadSet)
        {
            // Whoever waits for its mutex makes a new one.
            Errno removed = set!.Remove();
            isSetRemoved = removed == Errno.None;
            items.AddRange(left.Items.Where(item => item.Kind == "semaphores").Select(item => Outcome(item, removed)));
        }

        return left with { Items = items };
    }

    private LeftObjects Look(SysVSemaphoreSet? set)
    {
        List<DaemonClaim> living = set is null ? [] : [.. ClaimsOf(set)];
        List<string> passedOver = [];
        List<PurgeItem> items = [];
        IReadOnlyList<LeftFile> files = LeftFiles.Find(ipc, living, passedOver);
        items.AddRange(passedOver.Select(reason => new PurgeItem("folder", reason, "kept")));
        bool isAnybody = living.Count > 0 || set?.CountAttached() is { } attached && (!attached.Succeeded || attached.Value > 0);
        List<int> queues = [];
        if (!isAnybody)
        {
            foreach (QueueView queue in KernelQueues.ReadAll(_ => string.Empty).Where(queue => queue.Key == ipc.RequestKey || queue.Key == ipc.EffectiveResultKey))
            {
                string? reason = ReasonToKeep(set, queue);
                items.Add(new PurgeItem("queue", Describe(queue.Key, queue.Id), reason is null ? "stale" : "kept", reason));
                if (reason is null)
                {
                    queues.Add(queue.Id);
                }
            }

            if (set is null)
            {
                items.AddRange(LeftFiles.FindRings(ipc).Select(ring => new PurgeItem(ring.Kind, ring.Path, "kept", "the semaphores that would tell who uses it are gone; a daemon that starts takes it over, or rm removes it")));
            }
            else
            {
                files = [.. files, .. LeftFiles.FindRings(ipc)];
                items.Add(new PurgeItem("semaphores", string.Create(CultureInfo.InvariantCulture, $"key {ipc.RequestKey}"), "stale"));
            }
        }

        items.AddRange(files.Select(file => new PurgeItem(file.Kind, file.Path, "stale")));
        return new LeftObjects(living, queues, set is not null && !isAnybody, files, items);
    }

    private static bool IsRecorded(SysVSemaphoreSet? set, int queueId) =>
        set is not null && (set.RecordedQueue(SysVSetDescriptor.RequestRecord) == queueId || set.RecordedQueue(SysVSetDescriptor.ResultRecord) == queueId);

    // As a daemon that leaves last does it.
    private static string? ReasonToKeep(SysVSemaphoreSet? set, QueueView queue)
    {
        if (!IsRecorded(set, queue.Id))
        {
            return string.Create(CultureInfo.InvariantCulture, $"no daemon has made it, as far as their semaphores tell; ipcrm -q {queue.Id} removes it");
        }

        int[] users = [.. new[] { queue.LastSender, queue.LastReceiver }.Where(pid => pid > 0 && Unistd.IsAlive(pid) && !WasDaemon(set, pid))];
        return users.Length > 0 ? string.Create(CultureInfo.InvariantCulture, $"process {users[0]} used it last, and lives; ipcrm -q {queue.Id} removes it") : null;
    }

    private static bool WasDaemon(SysVSemaphoreSet? set, int pid) =>
        set is not null && Enumerable.Range(SysVSetDescriptor.FirstClaim, 2 * SysVSetDescriptor.ClaimsPerRole).Any(number => set.PidAt(number) == pid);

    private static IEnumerable<DaemonClaim> ClaimsOf(SysVSemaphoreSet set) =>
        from role in new[] { DaemonRole.ChatD, DaemonRole.ChannelD }
        from instance in Enumerable.Range(0, SysVSetDescriptor.ClaimsPerRole)
        let claim = new DaemonClaim(role, instance)

        // One that cannot be read counts as living.
        where set.IsTaken(SysVSetDescriptor.ClaimOf(claim)) != false
        select claim;
}
