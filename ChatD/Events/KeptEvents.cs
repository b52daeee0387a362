namespace ChatD.Events;

/// <summary>
/// The events that a session was given and its client has not confirmed, for the case that the connection is lost: the last of each room, so that a
/// noisy room does not push out what was whispered, and none that is old. For one thread at a time.
/// </summary>
internal sealed class KeptEvents
{
    /// <summary>How many are kept of a room.</summary>
    public const int MaxPerRoom = 200;

    /// <summary>How old they may become, in nanoseconds: 15 minutes.</summary>
    public const long MaxAgeNs = 15 * 60 * 1_000_000_000L;

    // More than there are kinds of rooms; whatever else a channelD may name shares the last.
    private const int MaxRooms = 16;

    private readonly List<(string Room, Queue<KeptEvent> Events)> _rooms = [];

    /// <summary>How many are kept.</summary>
    public int Count { get; private set; }

    /// <summary>The last that was dropped before it was confirmed; 0 where none was.</summary>
    public ulong LastLostNumber { get; private set; }

    /// <summary>Keeps one; its number is above those of all that were added before.</summary>
    public void Add(KeptEvent added)
    {
        Queue<KeptEvent> room = RoomOf(added.Event.Room);
        RemoveOld(room, added.Event.TakenAtNs);
        if (room.Count == MaxPerRoom)
        {
            Lose(room);
        }

        room.Enqueue(added);
        Count++;
    }

    /// <summary>Forgets those up to a number: the client has them.</summary>
    public void Confirm(ulong lastNumber)
    {
        foreach ((_, Queue<KeptEvent> room) in _rooms)
        {
            while (room.TryPeek(out KeptEvent first) && first.Number <= lastNumber)
            {
                _ = room.Dequeue();
                Count--;
            }
        }
    }

    /// <summary>Drops those that are too old.</summary>
    public void RemoveOld(long nowNs)
    {
        foreach ((_, Queue<KeptEvent> room) in _rooms)
        {
            RemoveOld(room, nowNs);
        }
    }

    /// <summary>What is kept, in the order of the numbers.</summary>
    public KeptEvent[] ToArray()
    {
        KeptEvent[] all = [.. _rooms.SelectMany(room => room.Events)];
        Array.Sort(all, static (left, right) => left.Number.CompareTo(right.Number));
        return all;
    }

    private Queue<KeptEvent> RoomOf(string name)
    {
        foreach ((string room, Queue<KeptEvent> events) in _rooms)
        {
            if (room == name)
            {
                return events;
            }
        }

        if (_rooms.Count == MaxRooms)
        {
            return _rooms[^1].Events;
        }

        _rooms.Add((name, new Queue<KeptEvent>()));
        return _rooms[^1].Events;
    }

    private void RemoveOld(Queue<KeptEvent> room, long nowNs)
    {
        while (room.TryPeek(out KeptEvent first) && nowNs - first.Event.TakenAtNs > MaxAgeNs)
        {
            Lose(room);
        }
    }

    private void Lose(Queue<KeptEvent> room)
    {
        LastLostNumber = Math.Max(LastLostNumber, room.Dequeue().Number);
        Count--;
    }
}
