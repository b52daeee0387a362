namespace ChannelD.Presence;

/// <summary>One run of another channelD, as this one has heard of it. What it holds is guarded by the lock of its <see cref="ReplicaDirectory"/>.</summary>
/// <param name="instance">Its number: its channel − 1.</param>
/// <param name="generation">The generation of its process.</param>
internal sealed class ReplicaOwner(int instance, ulong generation)
{
    /// <summary>How many states there are, and one more, for they count from 1.</summary>
    private const int States = 4;

    private long _lastHeardNs;
    private volatile bool _isLive = true;

    public int Instance { get; } = instance;

    public ulong Generation { get; } = generation;

    /// <summary>Whether what it has told still counts. Once false it stays so: whoever returns begins anew.</summary>
    public bool IsLive
    {
        get => _isLive;
        set => _isLive = value;
    }

    /// <summary>When the last frame taken of it was sent, in nanoseconds of the monotonic clock.</summary>
    public long LastHeardNs
    {
        get => Volatile.Read(ref _lastHeardNs);
        set => Volatile.Write(ref _lastHeardNs, value);
    }

    /// <summary>Whether a snapshot has begun and not ended. Guarded by the lock of <see cref="PresenceReplica"/>.</summary>
    public bool IsInSnapshot { get; set; }

    /// <summary>Counts its snapshots; what the present one has not renewed when it ends is gone.</summary>
    public int Snapshot { get; set; }

    /// <summary>The oldest and the newest of its characters, in the order in which they were last told.</summary>
    public ReplicaEntry? First { get; set; }

    public ReplicaEntry? Last { get; set; }

    public int Count { get; private set; }

    /// <summary>How many of its characters have each state, by the number of the state.</summary>
    public int[] CountsByState { get; } = new int[States];

    public void Append(ReplicaEntry entry)
    {
        entry.Snapshot = Snapshot;
        entry.Before = Last;
        entry.After = null;
        if (Last is null)
        {
            First = entry;
        }
        else
        {
            Last.After = entry;
        }

        Last = entry;
        Count++;
        CountsByState[(int)entry.StoredState]++;
    }

    public void Remove(ReplicaEntry entry)
    {
        if (entry.Before is null)
        {
            First = entry.After;
        }
        else
        {
            entry.Before.After = entry.After;
        }

        if (entry.After is null)
        {
            Last = entry.Before;
        }
        else
        {
            entry.After.Before = entry.Before;
        }

        Count--;
        CountsByState[(int)entry.StoredState]--;
    }
}
