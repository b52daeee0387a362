using Gsctl.Reports;
using Shared.Protocol.Transport;

namespace Gsctl.Purging;

/// <summary>What of a key's objects belongs to nobody who lives.</summary>
/// <param name="Living">The daemons that live.</param>
/// <param name="Queues">Queues that are to go, by id.</param>
/// <param name="HasDeadSet">Whether the semaphore set is there, and nobody in it.</param>
/// <param name="Files">Beacons and sockets that are to go.</param>
/// <param name="Items">All of that, and what is kept, for the operator.</param>
internal sealed record LeftObjects(
    IReadOnlyList<DaemonClaim> Living, IReadOnlyList<int> Queues, bool HasDeadSet, IReadOnlyList<LeftFile> Files, IReadOnlyList<PurgeItem> Items)
{
    /// <summary>Whether anything is to go.</summary>
    public bool IsEmpty => Queues.Count == 0 && !HasDeadSet && Files.Count == 0;
}
