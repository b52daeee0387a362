using System.Runtime.ExceptionServices;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;

namespace Shared.Protocol.Requests;

/// <content>Many requests in one frame: what comes while a thread is about to send leaves with it. Nothing is held back for that.</content>
public sealed partial class RequestClient
{
    // A batch takes at most this share of the window, so that its reader has one while the next is made.
    private const int BatchesPerWindow = 2;

    // With so many that its reader may not have read yet it has work for longer than an answer takes: what is asked besides would only wait there.
    private const int BusyCount = 64;

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

    // How many results this thread's burst has had since something left.
    [ThreadStatic]
    private static int t_results;

    // How many requests this thread has put into the batches of the lanes that it holds.
    [ThreadStatic]
    private static int t_collected;

    // What is done at the end of this thread's burst.
    [ThreadStatic]
    private static Stack<IBurstMember>? t_putOff;

    // Whether any reader of requests does; so that nothing is looked for in vain.
    private volatile bool _takesBatches;

    /// <summary>Says whether the reader of a mailbox takes several requests in one frame. At first it does not.</summary>
    public void SetBatching(Mailbox to, bool takesBatches)
    {
        lock (_gate)
        {
            _lanes.Of(to).TakesBatches = takesBatches;
            _takesBatches = _lanes.All.Any(static lane => lane.TakesBatches);
        }
    }

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

    private int MaxBatchBytes => (int)Math.Min(_transport.Limits.MaxFrameBytes, Math.Max(1, _options.WindowBytes / BatchesPerWindow));

    /// <summary>
    /// In a burst of this thread that nobody waits before: puts a request where it leaves from, rather than where requests wait. The caller holds the lock.
    /// </summary>
    private bool TryPutInto(RequestLane lane, InFlightRequest entry, ulong id, ReadOnlySpan<byte> frame)
    {
        RequestBatch batch = lane.Batch;
        if (!lane.TakesBatches
            || lane.HolderThreadId != Environment.CurrentManagedThreadId
            || lane.Pending.Count > 0
            || !batch.Fits(frame.Length, MaxBatchBytes)
            || !TryTakeRoom(lane, frame.Length + BatchFormat.FrameHeaderBytes))
        {
            return false;
        }

        // It waits still, until the batch leaves; it can end before, as surely not run.
        entry.CreditBytes = frame.Length + BatchFormat.FrameHeaderBytes;
        batch.Add(entry, id, frame);
        t_collected++;
        return true;
    }

    /// <summary>
    /// Whether requests to a mailbox had better wait for the next result: its reader is busy, and with that result they leave together. Those whose handlers wait do not
    /// count, for later ones have been answered since. Who brings results does not wait for further ones, nor does the timer: so it is a tick at most. The caller holds
    /// the lock.
    /// </summary>
    private static bool WaitsForResults(RequestLane lane) =>
        lane.TakesBatches
        && !t_takesResults
        && lane.Credits.UsedCount >= BusyCount
        && lane.SentSequence - lane.AnsweredSequence >= BusyCount;

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

    // As many as are out there still: those all at once would leave the reader of the requests without work until they come.
    private bool IsHalfAnswered() => t_held != 0 && t_results >= _table.Count - _lanes.PendingCount - t_collected;

    /// <summary>Sends what waits on a lane, as many as fit into each frame. The caller owns the lane's sending, and has given it up on return.</summary>
    private void FlushBatches(RequestLane lane)
    {
        RequestBatch batch = lane.Batch;
        while (TrySeal(lane, batch) || Collect(lane, batch))
        {
            SendStatus status = _transport.TrySend(lane.To, batch.Frame);
            if (status == SendStatus.Sent)
            {
                if (batch.Requests.Count > 1)
                {
                    Statistics.CountBatch(batch.Requests.Count);
                }

                batch.Clear();
                continue;
            }

            if (status == SendStatus.Full)
            {
                Statistics.CountSendFull();
            }

            TakeBack(lane, batch, status);
            if (status is SendStatus.Full or SendStatus.TooLarge)
            {
                return;
            }
        }
    }

    /// <summary>
    /// Makes what a burst has put together ready to leave: from here on it counts as sent. What has ended meanwhile is taken out, for its asker may have been told that it was not run.
    /// False where nothing is left.
    /// </summary>
    private bool TrySeal(RequestLane lane, RequestBatch batch)
    {
        if (batch.Requests.Count == 0)
        {
            return false;
        }

        lock (_gate)
        {
            if (_isStopped)
            {
                return false;
            }

            batch.Keep(this, static (client, entry, id) => client.IsStill(entry, id) && entry.State == InFlightState.Pending);
            foreach ((InFlightRequest entry, _, _) in batch.Requests)
            {
                NoteSent(entry, lane);
            }
        }

        return batch.Requests.Count > 0;
    }

    /// <summary>Puts as many requests into the batch as credit and a frame have room for. False where there is none: then nobody sends on the lane.</summary>
    private bool Collect(RequestLane lane, RequestBatch batch)
    {
        batch.Clear();
        int maxBytes = MaxBatchBytes;
        lock (_gate)
        {
            while (!_isStopped && lane.Pending.TryPeek(out PendingFrame frame))
            {
                if (_table.Find(frame.Id) is not { State: InFlightState.Pending } entry)
                {
                    lane.Pending.RemoveFirst(wasSent: false);
                    continue;
                }

                if (!batch.Fits(frame.LengthBytes, maxBytes) || !TryTakeCredit(entry, lane, frame.LengthBytes + BatchFormat.FrameHeaderBytes))
                {
                    break;
                }

                batch.Add(entry, frame.Id, frame.Bytes);
                lane.Pending.RemoveFirst(wasSent: true);
            }

            lane.IsFlushing = batch.Requests.Count > 0;
            return lane.IsFlushing;
        }
    }

    /// <summary>Nothing of a batch went out, so nothing can have been executed: all of it waits again, or ends.</summary>
    private void TakeBack(RequestLane lane, RequestBatch batch, SendStatus status)
    {
        List<(InFlightRequest Entry, ulong Id)>? ended = status is SendStatus.Full or SendStatus.TooLarge ? null : [];
        lock (_gate)
        {
            TakeBack(lane, batch, ended);
            if (status == SendStatus.TooLarge)
            {
                // The largest frame has become smaller; each alone goes, or is refused by itself.
                lane.TakesBatches = false;
            }

            if (ended is null)
            {
                // From here on the lane, and with it the batch, may be another thread's.
                lane.IsFlushing = false;
                WakeAfterTick();
            }
        }

        for (int i = (ended?.Count ?? 0) - 1; i >= 0; i--)
        {
            TakeOut(ended![i].Entry, ended[i].Id, out _)?.End(CountOutcome(ended[i].Entry, OutcomeKind.Busy), OutcomeCodes.PeerDown);
        }
    }

    /// <summary>Empties a batch that was not sent. The caller holds the lock, and the lane.</summary>
    /// <param name="lane">Its lane.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="ended">Takes the requests; null where they are to wait again, before all others of their users.</param>
    private void TakeBack(RequestLane lane, RequestBatch batch, List<(InFlightRequest Entry, ulong Id)>? ended)
    {
        for (int i = batch.Requests.Count - 1; i >= 0; i--)
        {
            (InFlightRequest entry, ulong id, _) = batch.Requests[i];
            if (!IsStill(entry, id) || entry.CreditBytes == 0)
            {
                continue;
            }

            entry.State = InFlightState.Pending;
            lane.Credits.Return(entry.CreditBytes);
            entry.CreditBytes = 0;
            if (ended is null)
            {
                lane.Pending.PutBack(entry.UserId, lane.To, batch.FrameOf(i), id, entry.DeadlineNs);
            }
            else
            {
                ended.Add((entry, id));
            }
        }

        batch.Clear();
    }

    /// <summary>
    /// Whether what waits on a lane leaves in batches. Where its reader has ceased to take them since a burst began, what the burst has put together waits again, to leave one by
    /// one. The caller owns the lane's sending.
    /// </summary>
    private bool LeavesInBatches(RequestLane lane)
    {
        lock (_gate)
        {
            if (!lane.TakesBatches)
            {
                TakeBack(lane, lane.Batch, ended: null);
            }

            return lane.TakesBatches;
        }
    }
}
