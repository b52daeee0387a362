namespace Shared.Protocol.Requests;

/// <summary>
/// Finds the requests whose deadline has passed: one structure for all of them, a hashed wheel of linked lists. Adding and
/// removing is a few pointer writes; a tick looks at one bucket. Not safe for several threads: its owner's lock guards it.
/// </summary>
internal sealed class DeadlineWheel
{
    /// <summary>The length of a tick: how late a deadline may be noticed.</summary>
    public const long TickNs = 10_000_000;

    // 512 buckets of 10 ms are a turn of 5.12 s, so that a request of the default time-out is looked at once only.
    private const int BucketCount = 512;

    private readonly InFlightRequest?[] _buckets = new InFlightRequest?[BucketCount];
    private long _nextTick;

    /// <summary>Makes an empty wheel that stands at a time.</summary>
    public DeadlineWheel(long nowNs) => _nextTick = nowNs / TickNs;

    /// <summary>How many requests it holds.</summary>
    public int Count { get; private set; }

    /// <summary>Puts a request in, by its <see cref="InFlightRequest.DeadlineNs"/>.</summary>
    public void Add(InFlightRequest request)
    {
        // Rounded up: never before the deadline. A deadline that has passed already is found at the next tick.
        long tick = Math.Max((request.DeadlineNs + TickNs - 1) / TickNs, _nextTick);
        ref InFlightRequest? head = ref _buckets[tick % BucketCount];
        request.WheelTick = tick;
        request.WheelNext = head;
        request.WheelPrevious = null;
        if (head is not null)
        {
            head.WheelPrevious = request;
        }

        head = request;
        Count++;
    }

    /// <summary>Takes a request out that is in.</summary>
    public void Remove(InFlightRequest request)
    {
        if (request.WheelPrevious is { } previous)
        {
            previous.WheelNext = request.WheelNext;
        }
        else
        {
            _buckets[request.WheelTick % BucketCount] = request.WheelNext;
        }

        if (request.WheelNext is { } next)
        {
            next.WheelPrevious = request.WheelPrevious;
        }

        request.WheelNext = null;
        request.WheelPrevious = null;
        Count--;
    }

    /// <summary>Finds one request whose deadline has passed, without taking it out. Null when there is none left.</summary>
    public InFlightRequest? FindExpired(long nowNs)
    {
        long lastTick = nowNs / TickNs;
        if (Count == 0)
        {
            _nextTick = Math.Max(_nextTick, lastTick);
            return null;
        }

        // After a long pause a full turn sees every bucket; more would see them again.
        _nextTick = Math.Max(_nextTick, lastTick - BucketCount + 1);
        for (; _nextTick <= lastTick; _nextTick++)
        {
            for (InFlightRequest? request = _buckets[_nextTick % BucketCount]; request is not null; request = request.WheelNext)
            {
                if (request.WheelTick <= lastTick)
                {
                    return request;
                }
            }
        }

        // The bucket of the tick that runs now is looked at again next time: more can still be added to it.
        _nextTick = lastTick;
        return null;
    }

    /// <summary>
    /// When to look next, in nanoseconds of the monotonic clock: no request is due before. <see cref="long.MaxValue"/> when it holds none.
    /// </summary>
    public long FindNextDueNs()
    {
        if (Count > 0)
        {
            for (long tick = _nextTick; tick < _nextTick + BucketCount; tick++)
            {
                // What it holds may be of a later turn: then that look is one too many, once in a turn.
                if (_buckets[tick % BucketCount] is not null)
                {
                    return tick * TickNs;
                }
            }
        }

        return long.MaxValue;
    }
}
