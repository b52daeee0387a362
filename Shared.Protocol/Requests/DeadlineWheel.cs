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

    private readonly Bucket[] _buckets = new Bucket[BucketCount];
    private long _nextTick;

    /// <summary>Makes an empty wheel that stands at a time.</summary>
    public DeadlineWheel(long nowNs) => _nextTick = nowNs / TickNs;

    /// <summary>How many requests it holds.</summary>
    public int Count { get; private set; }

    /// <summary>Puts a request in, by its <see cref="InFlightRequest.DeadlineNs"/>.</summary>
    public void Add(InFlightRequest request)
    {
        // By the tick in which it falls. One that has passed already is found at the next look.
        long tick = Math.Max(request.DeadlineNs / TickNs, _nextTick);
        ref Bucket bucket = ref _buckets[tick % BucketCount];
        request.WheelTick = tick;
        request.WheelNext = null;
        request.WheelPrevious = bucket.Last;
        if (bucket.Last is { } last)
        {
            last.WheelNext = request;
        }
        else
        {
            bucket.First = request;
        }

        bucket.Last = request;
        Count++;
    }

    /// <summary>Takes a request out that is in.</summary>
    public void Remove(InFlightRequest request)
    {
        ref Bucket bucket = ref _buckets[request.WheelTick % BucketCount];
        if (request.WheelPrevious is { } previous)
        {
            previous.WheelNext = request.WheelNext;
        }
        else
        {
            bucket.First = request.WheelNext;
        }

        if (request.WheelNext is { } next)
        {
            next.WheelPrevious = request.WheelPrevious;
        }
        else
        {
            bucket.Last = request.WheelPrevious;
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
            for (InFlightRequest? request = _buckets[_nextTick % BucketCount].First; request is not null; request = request.WheelNext)
            {
                // By the deadline itself, not by its tick: rounded up it would be noticed up to two ticks late, for the timer keeps no
                // phase. What is added first mostly ends first, so what has expired is found at once.
                if (request.DeadlineNs <= nowNs)
                {
                    return request;
                }
            }
        }

        // The bucket of the tick that runs now is looked at again next time: not all in it has expired, and more can still be added.
        _nextTick = lastTick;
        return null;
    }

    /// <summary>
    /// When to look next, in nanoseconds of the monotonic clock: at the end of the first tick that holds a request, when all that fall into it
    /// are due. <see cref="long.MaxValue"/> when it holds none.
    /// </summary>
    public long FindNextDueNs()
    {
        if (Count > 0)
        {
            for (long tick = _nextTick; tick < _nextTick + BucketCount; tick++)
            {
                // What it holds may be of a later turn: then that look is one too many, once in a turn.
                if (_buckets[tick % BucketCount].First is not null)
                {
                    return (tick + 1) * TickNs;
                }
            }
        }

        return long.MaxValue;
    }

    private struct Bucket
    {
        public InFlightRequest? First;
        public InFlightRequest? Last;
    }
}
