using ChannelD.Directory;
using Shared.Protocol.Messages.Presence;
using Shared.Protocol.Names;

namespace ChannelD.Presence;

/// <summary>
/// What one other channelD has been told and is still to be told. One frame is on its way at a time; which comes next, and whether one is due, is
/// decided here, and whoever asks sends it. For any thread.
/// </summary>
/// <param name="instance">Its number: its channel − 1.</param>
/// <param name="roomBytes">How many bytes of entries a frame has room for.</param>
/// <param name="own">The characters that it is told of.</param>
/// <param name="heartbeatNs">How often it hears at least, in nanoseconds.</param>
internal sealed class PresencePeer(int instance, int roomBytes, CharacterDirectory own, long heartbeatNs)
{
    /// <summary>How many slots of the directory are looked at under its lock at once.</summary>
    private const int SlotsAtOnce = 64;

    /// <summary>An unanswered peer is asked again after one heartbeat, two, and then every four: within a lease, or it would end though both live.</summary>
    private const int MaxDoublings = 2;

    /// <summary>So often it is asked without looking whether anybody reads.</summary>
    private const int MaxUnanswered = 8;

    private readonly Lock _gate = new();
    private readonly DirtyNames _dirty = new();

    // Used by whoever builds a frame, one thread at a time.
    private readonly List<Character> _chunk = [];
    private readonly List<PresenceEntry> _entries = [];
    private int _chunkAt;
    private int _cursor;
    private bool _hasMoreSlots;
    private bool _isInSnapshot;
    private PresenceEntry? _leftOver;

    // Guarded by the lock.
    private long _incarnation;
    private ulong _lastNumber;
    private bool _needsReset;
    private bool _isBuilding;
    private PresenceFrame? _frame;
    private int _repeats;
    private long _lastSentNs;

    public int Instance => instance;

    /// <summary>Whether a process is there to be told.</summary>
    public bool IsThere
    {
        get
        {
            lock (_gate)
            {
                return _incarnation != 0;
            }
        }
    }

    /// <summary>
    /// How many of its frames may be lying in the queue; 0 while there are few. While nothing less lies there, nobody has read them, and another would
    /// only take the room of others.
    /// </summary>
    public int Unread
    {
        get
        {
            lock (_gate)
            {
                return _repeats > MaxUnanswered ? _repeats : 0;
            }
        }
    }

    /// <summary>Which process was there last; 0 if none ever was.</summary>
    public long LastIncarnation { get; private set; }

    /// <summary>What was on its way may be lost: it is sent again at once.</summary>
    public void Resend()
    {
        lock (_gate)
        {
            _repeats = 0;
            if (_frame is { IsSent: true } frame)
            {
                frame.IsSent = false;
            }
        }
    }

    /// <summary>Says which process is there. Another one than before is told everything from the start.</summary>
    /// <param name="incarnation">See <see cref="Shared.Protocol.Transport.ITransport.GetIncarnation"/>; 0 for none.</param>
    public void SetIncarnation(long incarnation)
    {
        lock (_gate)
        {
            if (_incarnation == incarnation)
            {
                return;
            }

            _incarnation = incarnation;
            LastIncarnation = incarnation != 0 ? incarnation : LastIncarnation;
            Restart();
        }
    }

    /// <summary>A character has changed.</summary>
    public void Mark(in Character character)
    {
        lock (_gate)
        {
            if (_incarnation != 0 && !_needsReset && !_dirty.TryAdd(character.Name, character.State))
            {
                _needsReset = true;
                _dirty.Clear();
            }
        }
    }

    /// <summary>It has answered.</summary>
    /// <returns>Whether another frame may be due.</returns>
    public bool Acknowledge(ulong number, bool wantsSnapshot)
    {
        lock (_gate)
        {
            if (_frame?.Number != number)
            {
                return false;
            }

            _frame = null;
            _repeats = 0;
            _needsReset |= wantsSnapshot;

            return true;
        }
    }

    /// <summary>The frame to be sent now, if one is due; the caller sends it and says how that went with <see cref="OnSent"/>.</summary>
    /// <param name="nowNs">The time.</param>
    public PresenceFrame? Next(long nowNs)
    {
        bool isReset;
        ulong number;
        lock (_gate)
        {
            if (_incarnation == 0 || _isBuilding)
            {
                return null;
            }

            if (_frame is not null)
            {
                return Repeat(nowNs);
            }

            bool hasNews = _needsReset || _isInSnapshot || _leftOver is not null || !_dirty.IsEmpty;
            if (!hasNews && nowNs - _lastSentNs < heartbeatNs)
            {
                return null;
            }

            _isBuilding = true;
            isReset = _needsReset;
            number = ++_lastNumber;
            if (isReset)
            {
                // Whoever changes from here on is told of again, whether the snapshot has met it or not.
                _needsReset = false;
                _dirty.Clear();
            }
        }

        PresenceFrame frame = Build(number, isReset);
        lock (_gate)
        {
            _isBuilding = false;
            if (_incarnation == 0 || (_needsReset && !isReset))
            {
                // Nobody is there any more to get it, or somebody who is to be told everything.
                return null;
            }

            _frame = frame;
            _repeats = 0;
            return frame;
        }
    }

    /// <summary>A frame was sent, or was not taken: then it is sent again at the next opportunity.</summary>
    public void OnSent(PresenceFrame frame, bool isSent, long nowNs)
    {
        lock (_gate)
        {
            frame.IsTried = true;
            frame.IsSent |= isSent;
            frame.SentAtNs = nowNs;
            _lastSentNs = isSent ? nowNs : _lastSentNs;
        }
    }

    /// <summary>The last frame of all: nothing is here any more. Null if nobody is there.</summary>
    public PresenceFrame? Farewell()
    {
        lock (_gate)
        {
            if (_incarnation == 0)
            {
                return null;
            }

            _incarnation = 0;
            return new PresenceFrame(++_lastNumber, PresenceFlags.Reset | PresenceFlags.Complete | PresenceFlags.Farewell, []);
        }
    }

    private void Restart()
    {
        _frame = null;
        _repeats = 0;
        _needsReset = _incarnation != 0;
        _dirty.Clear();
    }

    private PresenceFrame? Repeat(long nowNs)
    {
        PresenceFrame frame = _frame!;
        if (!frame.IsSent)
        {
            // Another thread is just sending it, or there was no room: one frame too many does no harm.
            return frame.IsTried ? frame : null;
        }

        if (nowNs - frame.SentAtNs < heartbeatNs << Math.Min(_repeats, MaxDoublings))
        {
            return null;
        }

        if (++_repeats > 1)
        {
            // Nobody has read it, or it is lost: copies of it would fill the queue of all. A few bytes with the next number do as well: if the
            // frame was lost, they make the gap that asks for a snapshot.
            _frame = new PresenceFrame(++_lastNumber, PresenceFlags.None, []);
        }

        return _frame;
    }

    private PresenceFrame Build(ulong number, bool isReset)
    {
        if (isReset)
        {
            _isInSnapshot = true;
            _hasMoreSlots = true;
            _cursor = 0;
            _chunkAt = 0;
            _chunk.Clear();
            _leftOver = null;
        }

        _entries.Clear();
        int left = roomBytes;
        PresenceFlags flags = isReset ? PresenceFlags.Reset : PresenceFlags.None;
        while (TryTakeNext(out PresenceEntry entry))
        {
            left -= entry.CountBytes();
            if (left < 0 && _entries.Count > 0)
            {
                _leftOver = entry;
                break;
            }

            _entries.Add(entry);
        }

        if (_isInSnapshot && _leftOver is null)
        {
            _isInSnapshot = false;
            flags |= PresenceFlags.Complete;
        }

        return new PresenceFrame(number, flags, [.. _entries]);
    }

    /// <summary>The next of the snapshot while there is one, then the next that has changed: as it is at this moment.</summary>
    private bool TryTakeNext(out PresenceEntry entry)
    {
        if (_leftOver is { } left)
        {
            entry = left;
            _leftOver = null;
            return true;
        }

        if (_isInSnapshot)
        {
            return TryTakeOfSnapshot(out entry);
        }

        CharacterName name;
        CharacterState lastState;
        lock (_gate)
        {
            if (!_dirty.TryTake(out name, out lastState))
            {
                entry = default;
                return false;
            }
        }

        entry = own.TryFind(name.Key, out Character character)
            ? PresenceEntries.Of(character)
            : PresenceEntries.OfRemoved(name, lastState);
        return true;
    }

    private bool TryTakeOfSnapshot(out PresenceEntry entry)
    {
        while (_chunkAt == _chunk.Count && _hasMoreSlots)
        {
            _chunk.Clear();
            _chunkAt = 0;
            _hasMoreSlots = own.CopyNext(ref _cursor, SlotsAtOnce, _chunk);
        }

        bool hasOne = _chunkAt < _chunk.Count;
        entry = hasOne ? PresenceEntries.Of(_chunk[_chunkAt++]) : default;
        return hasOne;
    }
}
