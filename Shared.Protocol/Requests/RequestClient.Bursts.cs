using System.Runtime.ExceptionServices;
using Shared.Protocol.Wire;

namespace Shared.Protocol.Requests;

/// <content>Bursts: what a thread asks while it has several results, or several lines, at hand leaves when it is through with them.</content>
public sealed partial class RequestClient
{
    // The bits of t_held.
    private const int MaxHeld = 64;

    // A burst is a matter of the thread that reads: results may come over two ways at once. A reading thread has one client.
    [ThreadStatic]
    private static bool t_isInBurst;

    // Whether this thread sends all that there is credit for: it takes results in, or is the timer's.
    [ThreadStatic]
    private static bool t_takesResults;

    // The lanes whose sending this thread has taken, a bit for each.
    [ThreadStatic]
    private static ulong t_held;

    // What Timestamp tells on this thread; 0 where it is at nothing that has one.
    [ThreadStatic]
    private static long t_timestamp;

    // How many results this thread's burst has had since something left.
    [ThreadStatic]
    private static int t_results;

    // How many requests this thread has put into the batches of the lanes that it holds.
    [ThreadStatic]
    private static int t_collected;

    // What is done at the end of this thread's burst.
    [ThreadStatic]
    private static Stack<IBurstMember>? t_putOff;

    /// <summary>
    /// The time stamp of what the calling thread is at: when the frame of results came that it takes in, or when its burst began; else now. Each is over within some hundred
    /// microseconds, unless the process is stopped in it, and a reading of the clock for each request would be a part of its cost.
    /// </summary>
    public long Timestamp => t_timestamp is var known and not 0 ? known : _time.GetTimestamp();

    /// <inheritdoc/>
    /// <remarks>With one request in flight there is nothing else to wait for.</remarks>
    public bool ExpectsMore => _takesBatches && _table.Count > 1;

    /// <inheritdoc/>
    /// <remarks>What the results set off leaves together.</remarks>
    public void OnBurstBegin()
    {
        t_takesResults = true;
        _ = TryBeginBurst();
    }

    /// <inheritdoc/>
    public void OnBurstEnd()
    {
        try
        {
            EndBurst();
        }
        finally
        {
            t_takesResults = false;
        }
    }

    /// <summary>
    /// Keeps what this thread asks from here on, so that it leaves together: for a caller that has several requests at hand. It must call
    /// <see cref="EndBurst"/> soon, on the same thread, and not wait before: what others ask meanwhile of a reader that takes batches is kept too.
    /// </summary>
    /// <returns>False where this thread is in a burst already: then that one's end is the end.</returns>
    public bool TryBeginBurst()
    {
        if (t_isInBurst)
        {
            return false;
        }

        t_isInBurst = true;
        t_timestamp = _time.GetTimestamp();
        t_results = 0;
        t_collected = 0;
        lock (_gate)
        {
            for (int i = 0; i < Math.Min(_lanes.All.Count, MaxHeld); i++)
            {
                if (_lanes.All[i] is { TakesBatches: true, IsFlushing: false } lane)
                {
                    lane.IsFlushing = true;
                    lane.HolderThreadId = Environment.CurrentManagedThreadId;
                    t_held |= 1UL << i;
                }
            }
        }

        return true;
    }

    /// <summary>Sends what was kept since <see cref="TryBeginBurst"/>, and does what was put off until now.</summary>
    public void EndBurst()
    {
        ulong held = t_held;
        t_held = 0;
        t_isInBurst = false;
        t_timestamp = 0;
        ExceptionDispatchInfo? fault = null;
        for (int i = 0; held != 0; i++, held >>= 1)
        {
            if ((held & 1) != 0)
            {
                RequestLane lane;
                lock (_gate)
                {
                    lane = _lanes.All[i];
                    lane.HolderThreadId = 0;
                }

                try
                {
                    Flush(lane);
                }
#pragma warning disable CA1031 // What ends with a request, a listener to spans, may throw. The other lanes are held by this thread alone.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    fault ??= ExceptionDispatchInfo.Capture(exception);
                }
            }
        }

        try
        {
            fault?.Throw();
            Flush();
        }
        finally
        {
            while (t_putOff?.TryPop(out IBurstMember? member) == true)
            {
                member.OnBurstEnd();
            }
        }
    }

    /// <summary>Has a member told when the burst of this thread ends; false where it is in none. A member must not be put off twice at a time.</summary>
    public static bool TryPutOff(IBurstMember member)
    {
        if (!t_isInBurst)
        {
            return false;
        }

        (t_putOff ??= new Stack<IBurstMember>()).Push(member);
        return true;
    }

    /// <summary>
    /// In a burst of this thread that nobody waits before: puts a request where it leaves from, rather than where requests wait. The caller holds the lock.
    /// </summary>
    private bool TryPutInto(RequestLane lane, InFlightRequest entry, ulong id, ReadOnlySpan<byte> frame)
    {
        RequestBatch batch = lane.Batch;
        int bytes = frame.Length + BatchFormat.FrameHeaderBytes;
        if (!lane.TakesBatches
            || lane.HolderThreadId != Environment.CurrentManagedThreadId
            || lane.Pending.Count > 0
            || !batch.Fits(frame.Length, MaxBatchBytes)
            || !TryTakeRoom(lane, bytes))
        {
            return false;
        }

        // It waits still, until the batch leaves; it can end before, as surely not run.
        entry.CreditBytes = bytes;
        batch.Add(entry, id, frame);
        t_collected++;
        return true;
    }

    // As many as are out there still: those all at once would leave the reader of the requests without work until they come.
    private bool IsHalfAnswered() => t_held != 0 && t_results >= _table.Count - _lanes.PendingCount - t_collected;

    private void OnBatch(ReadOnlySpan<byte> frames, int count)
    {
        bool isOwnBurst = count > 1 && TryBeginBurst();
        ExceptionDispatchInfo? fault = null;
        try
        {
            for (int i = 0; i < count; i++)
            {
                if (!BatchFormat.TryTake(ref frames, out ReadOnlySpan<byte> one))
                {
                    Statistics.CountMalformed();
                    break;
                }

                try
                {
                    OnResult(one);
                }
#pragma warning disable CA1031 // The results behind it are others'. The transport hears of it.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    fault ??= ExceptionDispatchInfo.Capture(exception);
                }
            }
        }
        finally
        {
            if (isOwnBurst)
            {
                EndBurst();
            }
        }

        fault?.Throw();
    }
}
