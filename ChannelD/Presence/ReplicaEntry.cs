using ChannelD.Directory;

namespace ChannelD.Presence;

/// <summary>
/// What one channelD has told of a character. Where several tell of one name, which happens while it moves, theirs are linked, the one that
/// counts first. Read and written only under the lock of <see cref="ReplicaDirectory"/>.
/// </summary>
internal sealed class ReplicaEntry(ReplicaOwner owner)
{
    // Kept as told: whether a transfer is over is seen when somebody asks.
    private Character _told;

    public ReplicaOwner Owner { get; } = owner;

    public string Key => _told.Name.Key;

    public CharacterState StoredState => _told.State;

    public long EnteredAtNs => _told.EnteredAtNs;

    public SessionId Session => _told.Session;

    public string? TracedKey => _told.TracedKey;

    /// <summary>The next claim to the same name.</summary>
    public ReplicaEntry? NextClaim { get; set; }

    /// <summary>Its neighbours among those of its owner.</summary>
    public ReplicaEntry? Before { get; set; }

    public ReplicaEntry? After { get; set; }

    /// <summary>The snapshot that renewed it last.</summary>
    public int Snapshot { get; set; }

    public void Set(in Character told) => _told = told;

    public Character SnapshotAt(long nowNs) => _told.State == CharacterState.InTransfer && nowNs >= _told.TransferUntilNs
        ? _told with { State = CharacterState.InMap, TransferUntilNs = 0 }
        : _told;
}
