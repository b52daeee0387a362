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

    private int MaxBatchBytes => (int)Math.Min(_transport.Limits.MaxFrameBytes, Math.Max(1, _options.WindowBytes / BatchesPerWindow));

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
                    RequestMetrics.SentBatch(batch.Requests.Count);
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
