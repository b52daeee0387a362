using System.Diagnostics.CodeAnalysis;
using ChannelD.Directory;
using ChannelD.Events;
using ChannelD.Moderation;

namespace ChannelD.State;

/// <summary>
/// The records of this channelD's characters, in memory: loaded before a character enters, dropped when it has left, and loaded again when the store
/// says that one has changed, whoever changed it.
/// </summary>
/// <remarks>
/// For any thread. A record is as fresh as the last <see cref="CatchUpAsync"/>, which runs every <see cref="PollMs"/> and after each change that is
/// made here.
/// </remarks>
public sealed class OnlineRecords : IMutes, IDisposable
{
    /// <summary>How often changes of other channelDs are looked for, in milliseconds.</summary>
    public const int PollMs = 250;

    private readonly IStateStore _store;
    private readonly CharacterDirectory _directory;
    private readonly IEventSink _events;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RecordEntry> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<SessionId, RecordEntry> _bySession = [];
    private readonly FriendIndex _friends = new();

    // Sessions whose chatD was too far behind to be told whom they block.
    private readonly HashSet<SessionId> _untold = [];

    // One at a time: two would read the same changes.
    private readonly SemaphoreSlim _catchingUp = new(1);
    private long _cursor;

    /// <summary>Makes it without any record.</summary>
    public OnlineRecords(IStateStore store, CharacterDirectory directory, IEventSink events, TimeProvider time)
    {
        _store = store;
        _directory = directory;
        _events = events;
        _time = time;
    }

    /// <summary>How many records are held.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
            {
                return _byKey.Count;
            }
        }
    }

    /// <summary>Begins with the changes that are to come. Before the first log-in.</summary>
    public async ValueTask StartAsync(CancellationToken cancellationToken) => _cursor = await _store.GetCursorAsync(cancellationToken);

    /// <inheritdoc/>
    public bool TryGet(string key, out Mute mute)
    {
        mute = default;
        if (Find(key)?.Mute is not { } found || found.UntilUtc <= _time.GetUtcNow())
        {
            return false;
        }

        mute = found;
        return true;
    }

    /// <summary>The record of a character that is in the game here; null for anybody else.</summary>
    public CharacterRecord? Find(string key)
    {
        lock (_gate)
        {
            return _byKey.GetValueOrDefault(key)?.Record;
        }
    }

    /// <summary>Brings all records up to the changes that have been kept by now; over at once where the store is in memory.</summary>
    /// <exception cref="StateStoreException">The store failed; the records are as they were, and the next call tries again.</exception>
    public async ValueTask CatchUpAsync(CancellationToken cancellationToken)
    {
        if (!await _catchingUp.WaitAsync(TimeSpan.FromMilliseconds(StateStore.DeadlineMs), cancellationToken))
        {
            throw new StateStoreException("The last look for changes has not ended yet.");
        }

        try
        {
            ChangeBatch batch;
            do
            {
                batch = await _store.ReadChangesAsync(_cursor, cancellationToken);
                foreach (string key in batch.Keys)
                {
                    if (Holds(key))
                    {
                        Apply(await _store.LoadAsync(key, cancellationToken));
                    }
                }

                _cursor = batch.Cursor;
            }
            while (batch.HasMore);
        }
        finally
        {
            _catchingUp.Release();
        }

        TellAgain();
    }

    /// <summary>
    /// After a change made here: as <see cref="CatchUpAsync"/>, but where the store fails just then the change stays made, and the records follow at
    /// the next look.
    /// </summary>
    public async ValueTask CatchUpAfterChangeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await CatchUpAsync(cancellationToken);
        }
        catch (StateStoreException)
        {
            // The store has said so in the log.
        }
    }

    /// <summary>Drops the records of sessions that are not in the game any more, however they left.</summary>
    /// <returns>How many there were.</returns>
    public int Sweep()
    {
        SessionId[] sessions;
        lock (_gate)
        {
            sessions = [.. _bySession.Keys];
        }

        return sessions.Count(session => !_directory.TryGetPlayed(session, out _) && Drop(session));
    }

    /// <inheritdoc/>
    public void Dispose() => _catchingUp.Dispose();

    /// <summary>
    /// Loads a record before its character enters. Whoever holds it lets go of it by <see cref="Keep"/> and then <see cref="Drop"/>, or by
    /// <see cref="Release"/>.
    /// </summary>
    /// <exception cref="StateStoreException">The store failed; nothing is held.</exception>
    internal async ValueTask<RecordEntry> HoldAsync(string key, CancellationToken cancellationToken)
    {
        RecordEntry? entry;
        lock (_gate)
        {
            if (!_byKey.TryGetValue(key, out entry))
            {
                entry = new RecordEntry(key);
                _byKey.Add(key, entry);
            }

            entry.Holders++;
            if (entry.Record is not null)
            {
                return entry;
            }
        }

        try
        {
            // From here on a change of it is seen by whoever catches up; the later of both records stays.
            Apply(await _store.LoadAsync(key, cancellationToken));
            return entry;
        }
        catch
        {
            Release(entry);
            throw;
        }
    }

    /// <summary>The character has entered.</summary>
    /// <returns>Its record.</returns>
    internal CharacterRecord Keep(RecordEntry entry, SessionId session)
    {
        lock (_gate)
        {
            if (_bySession.TryAdd(session, entry))
            {
                entry.Session = session;
            }
            else
            {
                // It was there already.
                entry.Holders--;
            }

            return entry.Record!;
        }
    }

    /// <summary>The character has not entered.</summary>
    internal void Release(RecordEntry entry)
    {
        lock (_gate)
        {
            LetGo(entry);
        }
    }

    /// <summary>The session has ended.</summary>
    internal bool Drop(SessionId session)
    {
        lock (_gate)
        {
            if (!_bySession.Remove(session, out RecordEntry? entry))
            {
                return false;
            }

            _untold.Remove(session);
            if (entry.Session == session)
            {
                entry.Session = null;
                entry.ShownFriends = null;
            }

            LetGo(entry);
            return true;
        }
    }

    /// <summary>The sessions here whose player has somebody on the list of friends, with their records.</summary>
    internal IReadOnlyList<(SessionId Session, CharacterRecord Record)> FindFriendsOf(string key)
    {
        lock (_gate)
        {
            return _friends.Find(key);
        }
    }

    /// <summary>Notes whether a player sees a friend in the game from now on.</summary>
    /// <returns>Whether that is new to him.</returns>
    internal bool ShowFriend(SessionId session, string friend, bool isShown)
    {
        lock (_gate)
        {
            if (!_bySession.TryGetValue(session, out RecordEntry? entry) || entry.Session != session)
            {
                return false;
            }

            return isShown ? (entry.ShownFriends ??= new HashSet<string>(StringComparer.Ordinal)).Add(friend) : entry.ShownFriends?.Remove(friend) == true;
        }
    }

    private static string[] KeysOf(IReadOnlyList<KeptName> names) => [.. names.Select(name => name.Key)];

    private bool Holds(string key)
    {
        lock (_gate)
        {
            return _byKey.ContainsKey(key);
        }
    }

    private void Apply(CharacterRecord record)
    {
        SessionId? toTell = null;
        lock (_gate)
        {
            if (!_byKey.TryGetValue(record.Key, out RecordEntry? entry) || entry.Record?.Version > record.Version)
            {
                return;
            }

            if (entry.Record is { } earlier && !earlier.Blocks.SequenceEqual(record.Blocks))
            {
                toTell = entry.Session;
            }

            _friends.Replace(entry, record);
            entry.Record = record;
        }

        if (toTell is { } session)
        {
            Tell(session, record);
        }
    }

    private void Tell(SessionId session, CharacterRecord record)
    {
        if (!_events.TryUpdate(session, KeysOf(record.Blocks)))
        {
            lock (_gate)
            {
                _untold.Add(session);
            }
        }
    }

    private void TellAgain()
    {
        List<(SessionId, CharacterRecord)>? late = null;
        lock (_gate)
        {
            foreach (SessionId session in _untold)
            {
                if (TryGetRecord(session, out CharacterRecord? record))
                {
                    (late ??= []).Add((session, record));
                }
            }

            _untold.Clear();
        }

        late?.ForEach(one => Tell(one.Item1, one.Item2));
    }

    private bool TryGetRecord(SessionId session, [NotNullWhen(true)] out CharacterRecord? record)
    {
        record = _bySession.GetValueOrDefault(session)?.Record;
        return record is not null;
    }

    private void LetGo(RecordEntry entry)
    {
        if (--entry.Holders == 0)
        {
            _friends.Remove(entry);
            _byKey.Remove(entry.Key);
        }
    }
}
