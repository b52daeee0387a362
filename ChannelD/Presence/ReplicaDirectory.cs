using ChannelD.Directory;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;

namespace ChannelD.Presence;

/// <summary>
/// The characters of all other channelDs, as those have told. Finding one is one look-up, however many there are.
/// </summary>
/// <remarks>
/// Thread-safe: one lock guards everything, and nothing waits or calls out under it. It is taken for a frame's entries, or some hundred, at a
/// time. What a channelD told counts while its <see cref="ReplicaOwner"/> is live: so all of it ends in one instant, and is removed afterwards.
/// </remarks>
internal sealed class ReplicaDirectory : IOtherChannels
{
    private readonly Lock _gate = new();
    private readonly MonotonicClock _clock;
    private readonly Dictionary<string, ReplicaEntry> _byKey;
    private readonly Dictionary<string, ReplicaEntry>.AlternateLookup<ReadOnlySpan<char>> _byKeySpan;
    private readonly HashSet<ReplicaEntry> _watchers = [];

    // By instance; written and read without the lock.
    private readonly ReplicaOwner?[] _owners = new ReplicaOwner?[Mailbox.MaxInstance + 1];

    /// <summary>Makes an empty directory.</summary>
    public ReplicaDirectory(TimeProvider time)
        : this(time, StringComparer.Ordinal)
    {
    }

    internal ReplicaDirectory(TimeProvider time, IEqualityComparer<string> keyComparer)
    {
        _clock = new MonotonicClock(time);
        _byKey = new Dictionary<string, ReplicaEntry>(keyComparer);
        _byKeySpan = _byKey.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>How many names are known, also those that do not count any more. For tests.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _byKey.Count;
            }
        }
    }

    /// <inheritdoc/>
    public bool TryFindElsewhere(ReadOnlySpan<char> key, out Character character)
    {
        bool isThere = TryFind(key, out Sighting sighting);
        character = sighting.Character;
        return isThere;
    }

    /// <summary>The character with this key, in one look-up and without allocating.</summary>
    /// <param name="key">The key.</param>
    /// <param name="sighting">What is known of it; also where that has expired.</param>
    /// <returns>Whether a living channelD has it.</returns>
    public bool TryFind(ReadOnlySpan<char> key, out Sighting sighting)
    {
        lock (_gate)
        {
            sighting = default;
            if (!_byKeySpan.TryGetValue(key, out ReplicaEntry? entry))
            {
                return false;
            }

            long nowNs = _clock.NowNs;
            ReplicaEntry found = Living(entry) ?? entry;
            bool isLive = found.Owner.IsLive;
            SightingSource source = isLive ? SightingSource.Replica : SightingSource.Expired;
            sighting = new Sighting(found.SnapshotAt(nowNs), source, (nowNs - found.Owner.LastHeardNs) / 1_000_000);
            return isLive;
        }
    }

    /// <summary>The claim to a name that counts, and whose it is.</summary>
    public bool TryFindClaim(string key, out Character character, out int instance)
    {
        lock (_gate)
        {
            ReplicaEntry? entry = Living(_byKey.GetValueOrDefault(key));
            character = entry?.SnapshotAt(_clock.NowNs) ?? default;
            instance = entry?.Owner.Instance ?? 0;
            return entry is not null;
        }
    }

    /// <summary>The latest run of a channelD that was heard of, whether it is live or not; null if none ever was.</summary>
    public ReplicaOwner? OwnerOf(int instance) => Volatile.Read(ref _owners[instance]);

    /// <summary>Makes a run of a channelD the one that counts.</summary>
    public void SetOwner(ReplicaOwner owner) => Volatile.Write(ref _owners[owner.Instance], owner);

    /// <summary>What a living channelD told of a name, whether its claim is the one that counts or not.</summary>
    public bool TryFindClaim(string key, ReplicaOwner owner, out Character character)
    {
        lock (_gate)
        {
            ReplicaEntry? entry = Find(key, owner);
            character = entry?.SnapshotAt(_clock.NowNs) ?? default;
            return entry is not null && owner.IsLive;
        }
    }

    /// <summary>Adds the game masters of other channelDs who watch a character.</summary>
    public void CollectWatchers(string key, List<Character> watchers)
    {
        lock (_gate)
        {
            foreach (ReplicaEntry watcher in _watchers)
            {
                if (watcher.TracedKey == key && ReferenceEquals(Living(_byKey[watcher.Key]), watcher))
                {
                    watchers.Add(watcher.SnapshotAt(_clock.NowNs));
                }
            }
        }
    }

    /// <summary>Takes what a frame tells, in one go.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <param name="told">The characters.</param>
    /// <param name="isGone">For each, whether it has left.</param>
    public void Apply(ReplicaOwner owner, ReadOnlySpan<Character> told, ReadOnlySpan<bool> isGone)
    {
        lock (_gate)
        {
            for (int i = 0; i < told.Length; i++)
            {
                if (!isGone[i])
                {
                    Put(owner, told[i]);
                }
                else if (Find(told[i].Name.Key, owner) is { } entry)
                {
                    Unlink(entry);
                }
            }
        }
    }

    /// <summary>Removes the next characters that the present snapshot of their channelD has not renewed.</summary>
    /// <returns>False when there are no more.</returns>
    public bool RemoveUnrenewed(ReplicaOwner owner, int max, List<Character> removed) =>
        RemoveWhile(owner, max, removed, static (entry, owner) => entry.Snapshot != owner.Snapshot);

    /// <summary>Removes the next characters of a channelD, whichever.</summary>
    /// <returns>False when there are no more.</returns>
    public bool RemoveNext(ReplicaOwner owner, int max, List<Character> removed) => RemoveWhile(owner, max, removed, static (_, _) => true);

    /// <summary>Copies the next characters of a channelD that is not live any more, so that they do not change.</summary>
    /// <param name="owner">The channelD.</param>
    /// <param name="cursor">Where to go on; null to begin, and when there are no more.</param>
    /// <param name="max">The most.</param>
    /// <param name="characters">Takes them.</param>
    public void CopyNext(ReplicaOwner owner, ref ReplicaEntry? cursor, int max, List<Character> characters)
    {
        lock (_gate)
        {
            cursor ??= owner.First;
            for (; cursor is not null && max > 0; max--, cursor = cursor.After)
            {
                characters.Add(cursor.SnapshotAt(_clock.NowNs));
            }
        }
    }

    /// <summary>How many characters a channelD has in each state, as it has told.</summary>
    public int[] CountByState(ReplicaOwner owner)
    {
        lock (_gate)
        {
            return [.. owner.CountsByState];
        }
    }

    private static ReplicaEntry? Living(ReplicaEntry? entry)
    {
        while (entry is { Owner.IsLive: false })
        {
            entry = entry.NextClaim;
        }

        return entry;
    }

    private ReplicaEntry? Find(string key, ReplicaOwner owner)
    {
        ReplicaEntry? entry = _byKey.GetValueOrDefault(key);
        while (entry is not null && !ReferenceEquals(entry.Owner, owner))
        {
            entry = entry.NextClaim;
        }

        return entry;
    }

    private void Put(ReplicaOwner owner, in Character told)
    {
        ReplicaEntry? entry = Find(told.Name.Key, owner);
        if (entry is null)
        {
            entry = new ReplicaEntry(owner);
        }
        else
        {
            Unlink(entry);
        }

        entry.Set(told);
        Link(entry);
    }

    private void Link(ReplicaEntry entry)
    {
        entry.Owner.Append(entry);
        if (entry.TracedKey is not null)
        {
            _watchers.Add(entry);
        }

        entry.NextClaim = null;
        if (!_byKey.TryGetValue(entry.Key, out ReplicaEntry? other) || Wins(entry, other))
        {
            entry.NextClaim = other;
            _byKey[entry.Key] = entry;
            return;
        }

        while (other.NextClaim is { } next && !Wins(entry, next))
        {
            other = next;
        }

        entry.NextClaim = other.NextClaim;
        other.NextClaim = entry;
    }

    private void Unlink(ReplicaEntry entry)
    {
        entry.Owner.Remove(entry);
        _watchers.Remove(entry);
        ReplicaEntry other = _byKey[entry.Key];
        if (!ReferenceEquals(other, entry))
        {
            while (!ReferenceEquals(other.NextClaim, entry))
            {
                other = other.NextClaim!;
            }

            other.NextClaim = entry.NextClaim;
        }
        else if (entry.NextClaim is null)
        {
            _byKey.Remove(entry.Key);
        }
        else
        {
            _byKey[entry.Key] = entry.NextClaim;
        }
    }

    private static bool Wins(ReplicaEntry entry, ReplicaEntry other) => Precedence.Wins(
        entry.Session, entry.EnteredAtNs, entry.Owner.Instance, other.Session, other.EnteredAtNs, other.Owner.Instance);

    private bool RemoveWhile(ReplicaOwner owner, int max, List<Character> removed, Func<ReplicaEntry, ReplicaOwner, bool> condition)
    {
        lock (_gate)
        {
            long nowNs = _clock.NowNs;
            for (; max > 0; max--)
            {
                if (owner.First is not { } entry || !condition(entry, owner))
                {
                    return false;
                }

                removed.Add(entry.SnapshotAt(nowNs));
                Unlink(entry);
            }

            return true;
        }
    }
}
