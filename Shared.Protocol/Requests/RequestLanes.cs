using Shared.Protocol.Transport;

namespace Shared.Protocol.Requests;

/// <summary>The ways to all mailboxes that were ever asked; they share what may be out and what may wait. Guarded by the lock of the <see cref="RequestClient"/>.</summary>
internal sealed class RequestLanes
{
    private readonly CreditPool _credits;
    private readonly PendingRoom _room;
    private readonly List<RequestLane> _lanes = [];
    private RequestLane? _last;
    private int _nextTurn;

    /// <summary>Makes none.</summary>
    public RequestLanes(RequestClientOptions options, int maxInFlight)
    {
        _credits = new CreditPool(options.WindowBytes, Math.Min(options.WindowCount, maxInFlight));
        _room = new PendingRoom(options.MaxPending, options.MaxPendingBytes);
    }

    /// <summary>All of them, in the order of their first use.</summary>
    public IReadOnlyList<RequestLane> All => _lanes;

    /// <summary>How many frames wait in all.</summary>
    public int PendingCount => _room.Count;

    /// <summary>How many requests ended without an answer, whose frames may still lie in a mailbox.</summary>
    public int OwedCount
    {
        get
        {
            int count = 0;
            foreach (RequestLane lane in _lanes)
            {
                count += lane.Credits.OwedCount;
            }

            return count;
        }
    }

    /// <summary>The way to a mailbox. Mostly it is the one asked for last: there are as many as channelDs.</summary>
    public RequestLane Of(Mailbox to)
    {
        if (_last?.To == to)
        {
            return _last;
        }

        return _last = Find(to) ?? Add(to);
    }

    /// <summary>A way on which something waits and nobody sends, each in its turn; null for none. It counts as being sent on from here on.</summary>
    /// <param name="seen">How many ways this caller has been given or passed over; goes up by as many.</param>
    public RequestLane? TakeTurn(ref int seen)
    {
        while (seen < _lanes.Count)
        {
            seen++;
            RequestLane lane = _lanes[_nextTurn = (_nextTurn + 1) % _lanes.Count];
            if (!lane.IsFlushing && lane.Pending.Count > 0)
            {
                lane.IsFlushing = true;
                return lane;
            }
        }

        return null;
    }

    private RequestLane? Find(Mailbox to)
    {
        foreach (RequestLane lane in _lanes)
        {
            if (lane.To == to)
            {
                return lane;
            }
        }

        return null;
    }

    private RequestLane Add(Mailbox to)
    {
        var lane = new RequestLane(to, new CreditWindow(_credits), new FairFrames(_room));
        _lanes.Add(lane);
        return lane;
    }
}
