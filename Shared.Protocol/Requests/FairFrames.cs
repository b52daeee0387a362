using System.Buffers;
using Shared.Protocol.Transport;

namespace Shared.Protocol.Requests;

/// <summary>
/// Frames that wait for room, taken in turn from each user that has any: so a user waits for at most one turn of each other for each of its own,
/// whatever they send. A turn is one frame, or several (<see cref="MaxTurnFrames"/>). The frames of one user keep their order. Bounded by count and by bytes, of which a user gets its <see cref="FairShare"/>, and so does
/// a mailbox where there are several.
/// It owns copies: small ones in arrays that stay with their places, so that those used last are used next, larger ones in pooled arrays. Every operation takes the same time
/// however much waits, and allocates nothing once the tables have grown.
/// Not safe for several threads: its owner's lock guards it.
/// </summary>
internal sealed class FairFrames
{
    private const int None = -1;
    private const int FirstSize = 16;

    // A player's line with its envelope, as a rule; and how many places of a mailbox keep an array of that length, once they had one: 1 MB at most.
    private const int KeptArrayBytes = 256;
    private const int MaxKeptArrays = 4096;

    // A whole round is about so many frames at most, some milliseconds of a busy pair, unless there are more users than that; then each has one in its turn.
    private const int RoundFrames = 512;

    // Frames and users are linked by their places in these tables; free places are linked by Next too.
    private readonly Dictionary<int, int> _userPlaces = [];
    private readonly PendingRoom _room;
    private Waiting[] _frames = [];
    private User[] _users = [];
    private int _freeFrame = None;
    private int _freeUser = None;

    // The users with frames, in the order of their turns.
    private int _firstUser = None;
    private int _lastUser = None;

    /// <summary>Makes an empty one.</summary>
    /// <param name="room">What all mailboxes share.</param>
    public FairFrames(PendingRoom room)
    {
        _room = room;
        room.Sharers++;
    }

    /// <summary>How many frames wait.</summary>
    public int Count { get; private set; }

    /// <summary>How many bytes wait.</summary>
    public long Bytes { get; private set; }

    /// <summary>
    /// How many frames of one user may leave before the next has its turn. Several are for what leaves together: it is answered together too, and written to
    /// its player at once. At first 1.
    /// </summary>
    public int MaxTurnFrames { get; set; } = 1;

    /// <summary>How many frames of one user leave before the next has its turn, with as many users as have any.</summary>
    internal int TurnFrames => Math.Clamp(RoundFrames / Math.Max(1, _userPlaces.Count), 1, MaxTurnFrames);

    /// <summary>Takes a copy of a frame, unless that would break a bound.</summary>
    public bool TryAdd(int userId, Mailbox to, ReadOnlySpan<byte> frame, ulong id, long deadlineNs)
    {
        bool isKnown = _userPlaces.TryGetValue(userId, out int userPlace);
        (int ownCount, long ownBytes) = isKnown ? (_users[userPlace].Count, _users[userPlace].Bytes) : default;
        if (!Allows(ownCount, ownBytes, frame.Length) || (_room.Sharers > 1 && !Allows(Count, Bytes, frame.Length)))
        {
            return false;
        }

        if (!isKnown)
        {
            userPlace = AddUser(userId);
        }

        int place = Keep(to, frame, id, deadlineNs);
        ref User user = ref _users[userPlace];
        if (user.Count == 0)
        {
            user.First = place;
        }
        else
        {
            _frames[user.Last].Next = place;
        }

        user.Last = place;
        Add(ref user, frame.Length);
        return true;
    }

    /// <summary>Looks at the frame whose turn it is; it stays where it is, and first, until it is removed.</summary>
    public bool TryPeek(out PendingFrame frame)
    {
        if (_firstUser == None)
        {
            frame = default;
            return false;
        }

        frame = _frames[_users[_firstUser].First].Frame;
        return true;
    }

    /// <summary>Removes the frame that <see cref="TryPeek"/> has shown, and gives its array back.</summary>
    /// <param name="wasSent">Whether it was its user's turn; one that nobody waits for any more was none.</param>
    public void RemoveFirst(bool wasSent)
    {
        int userPlace = _firstUser;
        ref User user = ref _users[userPlace];
        int place = user.First;
        PendingFrame frame = _frames[place].Frame;
        user.First = _frames[place].Next;
        user.Count--;
        user.Bytes -= frame.LengthBytes;
        Count--;
        Bytes -= frame.LengthBytes;
        _room.Count--;
        _room.Bytes -= frame.LengthBytes;
        ref Waiting emptied = ref _frames[place];
        if (emptied.Kept != frame.Array)
        {
            ArrayPool<byte>.Shared.Return(frame.Array);
        }

        emptied.Frame = default;
        emptied.Next = _freeFrame;
        _freeFrame = place;
        if (user.Count == 0)
        {
            RemoveFirstUser();
        }
        else if (wasSent && ++user.Taken >= TurnFrames)
        {
            user.Taken = 0;
            if (userPlace == _lastUser)
            {
                return;
            }

            _firstUser = user.Next;
            user.Next = None;
            _users[_lastUser].Next = userPlace;
            _lastUser = userPlace;
        }
    }

    /// <summary>
    /// Puts a copy of a frame back that had been taken out and could not be sent: before all others of its user. The bounds had let it in once.
    /// </summary>
    public void PutBack(int userId, Mailbox to, ReadOnlySpan<byte> frame, ulong id, long deadlineNs)
    {
        if (!_userPlaces.TryGetValue(userId, out int userPlace))
        {
            userPlace = AddUser(userId);
        }

        int place = Keep(to, frame, id, deadlineNs);
        ref User user = ref _users[userPlace];
        _frames[place].Next = user.Count == 0 ? None : user.First;
        user.First = place;
        user.Last = user.Count == 0 ? place : user.Last;
        Add(ref user, frame.Length);
    }

    /// <summary>Removes all.</summary>
    public void Clear()
    {
        while (Count > 0)
        {
            RemoveFirst(wasSent: false);
        }
    }

    private int Keep(Mailbox to, ReadOnlySpan<byte> frame, ulong id, long deadlineNs)
    {
        int place = TakeFramePlace();
        ref Waiting taken = ref _frames[place];
        byte[] array = frame.Length <= KeptArrayBytes && place < MaxKeptArrays
            ? taken.Kept ??= new byte[KeptArrayBytes]
            : ArrayPool<byte>.Shared.Rent(frame.Length);
        frame.CopyTo(array);
        taken.Frame = new PendingFrame(to, array, frame.Length, id, deadlineNs);
        taken.Next = None;
        return place;
    }

    private void Add(ref User user, int frameBytes)
    {
        user.Count++;
        user.Bytes += frameBytes;
        Count++;
        Bytes += frameBytes;
        _room.Count++;
        _room.Bytes += frameBytes;
    }

    private bool Allows(int ownCount, long ownBytes, int frameBytes) =>
        FairShare.Allows(ownCount, 1, _room.Count, _room.MaxCount) && FairShare.Allows(ownBytes, frameBytes, _room.Bytes, _room.MaxBytes);

    private int AddUser(int userId)
    {
        if (_freeUser == None)
        {
            int size = _users.Length;
            Array.Resize(ref _users, Math.Max(FirstSize, 2 * size));
            for (int i = _users.Length - 1; i >= size; i--)
            {
                _users[i].Next = _freeUser;
                _freeUser = i;
            }
        }

        int place = _freeUser;
        _freeUser = _users[place].Next;
        _users[place] = new User { Id = userId, Next = None };
        if (_firstUser == None)
        {
            _firstUser = place;
        }
        else
        {
            _users[_lastUser].Next = place;
        }

        _lastUser = place;
        _userPlaces.Add(userId, place);
        return place;
    }

    private void RemoveFirstUser()
    {
        int place = _firstUser;
        _firstUser = _users[place].Next;
        if (_firstUser == None)
        {
            _lastUser = None;
        }

        _userPlaces.Remove(_users[place].Id);
        _users[place].Next = _freeUser;
        _freeUser = place;
    }

    private int TakeFramePlace()
    {
        if (_freeFrame == None)
        {
            int size = _frames.Length;
            Array.Resize(ref _frames, Math.Max(FirstSize, 2 * size));
            for (int i = _frames.Length - 1; i >= size; i--)
            {
                _frames[i].Next = _freeFrame;
                _freeFrame = i;
            }
        }

        int place = _freeFrame;
        _freeFrame = _frames[place].Next;
        return place;
    }

    private struct Waiting
    {
        public PendingFrame Frame;
        public byte[]? Kept;
        public int Next;
    }

    private struct User
    {
        public int Id;
        public int First;
        public int Last;
        public int Count;
        public int Taken;
        public long Bytes;
        public int Next;
    }
}
