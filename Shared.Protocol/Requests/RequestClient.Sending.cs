using Shared.Protocol.Transport;
using Shared.Protocol.Wire;

namespace Shared.Protocol.Requests;

/// <content>How requests get out: credit, the local buffer, and the one thread at a time that empties it.</content>
public sealed partial class RequestClient
{
    private enum Next
    {
        Stop = 1,
        Skip,
        Send,
    }

    private ValueTask<Outcome<T>> RefuseAsync<T>(InFlightRequest<T> entry, OutcomeKind kind, string code)
        where T : IWireMessage<T>
    {
        entry.EndSpan(kind, code);
        entry.Abandon();
        Statistics.CountOutcome(kind);
        return new ValueTask<Outcome<T>>(new Outcome<T> { Kind = kind, Code = code });
    }

    private bool TryBegin(InFlightRequest entry, out string refusal)
    {
        lock (_gate)
        {
            if (_isStopped)
            {
                refusal = OutcomeCodes.Stopping;
                return false;
            }

            if (_lanes.Of(entry.To).IsClosed)
            {
                refusal = OutcomeCodes.PeerDown;
                return false;
            }

            if (!_table.TryAdd(entry))
            {
                refusal = OutcomeCodes.Overloaded;
                return false;
            }

            entry.State = InFlightState.Pending;
            entry.CreditBytes = 0;
            _wheel.Add(entry);
            WakeBy((entry.WheelTick + 1) * DeadlineWheel.TickNs);
        }

        refusal = string.Empty;
        return true;
    }

    /// <summary>Sends the frame of a request that is in the table, or keeps it here, or ends the request.</summary>
    private void Dispatch(InFlightRequest entry, ulong id, Mailbox to, ReadOnlySpan<byte> frame)
    {
        if (frame.Length > _transport.Limits.MaxFrameBytes)
        {
            TakeOut(entry, id, out _)?.End(CountOutcome(entry, OutcomeKind.Error), OutcomeCodes.TooLarge);
            return;
        }

        if (_codec.MaxRequestId == 0 && !Volatile.Read(ref _hasSeenPredecessor))
        {
            LookForPredecessor(to);
        }

        bool isDirect = false;
        bool isRefused = false;
        lock (_gate)
        {
            if (entry.Id != id || entry.State != InFlightState.Pending)
            {
                // Ended meanwhile: cancelled, or past its deadline.
                return;
            }

            if (entry.IsCancelRequested)
            {
                // Cancelled before it was in the table; ended below, as if it had come just now.
                isRefused = true;
            }
            else
            {
                RequestLane lane = _lanes.Of(to);
                entry.Lane = lane;
                isDirect = lane.Pending.Count == 0 && !lane.IsFlushing && TryTakeCredit(entry, lane, frame.Length);
                isRefused = !isDirect && !TryPutInto(lane, entry, id, frame) && !TryKeep(entry, id, lane, frame);
            }
        }

        if (isRefused)
        {
            EndRefused(entry, id);
        }
        else if (isDirect && !TrySendNow(entry, id, to, frame))
        {
            KeepForLater(entry, id, frame);
        }
    }

    private bool TryTakeCredit(InFlightRequest entry, RequestLane lane, int bytes)
    {
        if (!TryTakeRoom(lane, bytes))
        {
            return false;
        }

        entry.CreditBytes = bytes;
        NoteSent(entry, lane);
        return true;
    }

    private bool TryTakeRoom(RequestLane lane, int bytes)
    {
        if (_quarantineEndsNs != 0 && !HasQuarantineEnded())
        {
            return false;
        }

        return !WaitsForResults(lane) && lane.Credits.TryTake(bytes);
    }

    private void NoteSent(InFlightRequest entry, RequestLane lane)
    {
        entry.State = InFlightState.Sent;
        entry.SendSequence = ++lane.SentSequence;
        if (_codec.MaxRequestId == 0)
        {
            _onlySent = entry;
        }
    }

    /// <summary>
    /// On a wire without ids, before the first request: what lies in the queue already was asked, or answered, for a process before this one, and
    /// its answer must not be taken for that of a request of ours; nor every later answer for that of the request behind its own.
    /// </summary>
    private void LookForPredecessor(Mailbox to)
    {
        bool isEmpty = _transport.GetDepth(to).Frames == 0;
        lock (_gate)
        {
            if (_hasSeenPredecessor)
            {
                return;
            }

            _hasSeenPredecessor = true;
            if (!isEmpty)
            {
                _quarantineEndsNs = _clock.NowNs + (_options.QuarantineMs * NsPerMs);
            }
        }
    }

    private bool HasQuarantineEnded()
    {
        if (_clock.NowNs < _quarantineEndsNs)
        {
            return false;
        }

        _quarantineEndsNs = 0;
        _isStartQuarantine = false;
        ForgiveAll();
        return true;
    }

    private void ForgiveAll()
    {
        foreach (RequestLane lane in _lanes.All)
        {
            lane.Credits.LimitOwed(0);
        }
    }

    /// <summary>False when the transport has no room just now; any other outcome has been dealt with.</summary>
    private bool TrySendNow(InFlightRequest entry, ulong id, Mailbox to, ReadOnlySpan<byte> frame)
    {
        SendStatus status = _transport.TrySend(to, frame);
        if (status == SendStatus.Sent)
        {
            return true;
        }

        // Nothing went out, so nothing can have been executed.
        lock (_gate)
        {
            if (entry.Id != id || entry.State != InFlightState.Sent)
            {
                return true;
            }

            entry.State = InFlightState.Pending;
            entry.Lane!.Credits.Return(entry.CreditBytes);
            entry.CreditBytes = 0;
            if (ReferenceEquals(_onlySent, entry))
            {
                _onlySent = null;
            }
        }

        if (status == SendStatus.Full)
        {
            Statistics.CountSendFull();
            return false;
        }

        TakeOut(entry, id, out _)?.End(
            CountOutcome(entry, status == SendStatus.TooLarge ? OutcomeKind.Error : OutcomeKind.Busy),
            status == SendStatus.TooLarge ? OutcomeCodes.TooLarge : OutcomeCodes.PeerDown);
        return true;
    }

    private void KeepForLater(InFlightRequest entry, ulong id, ReadOnlySpan<byte> frame)
    {
        bool isKept;
        lock (_gate)
        {
            isKept = entry.Id != id || entry.State != InFlightState.Pending || TryKeep(entry, id, entry.Lane!, frame);
        }

        if (!isKept)
        {
            EndRefused(entry, id);
        }
    }

    private bool TryKeep(InFlightRequest entry, ulong id, RequestLane lane, ReadOnlySpan<byte> frame)
    {
        if (!lane.Pending.TryAdd(entry.UserId, lane.To, frame, id, entry.DeadlineNs))
        {
            return false;
        }

        WakeAfterTick();
        return true;
    }

    private void EndRefused(InFlightRequest entry, ulong id)
    {
        if (TakeOut(entry, id, out _) is not { } taken)
        {
            return;
        }

        if (taken.IsCancelRequested)
        {
            Statistics.CountCancelled();
            taken.EndCancelled();
        }
        else
        {
            taken.End(CountOutcome(taken, OutcomeKind.Busy), OutcomeCodes.Overloaded);
        }
    }

    private OutcomeKind CountOutcome(InFlightRequest entry, OutcomeKind kind)
    {
        Statistics.CountOutcome(kind);
        if (RequestMetrics.IsTimed)
        {
            // When it began is known from when it has to end.
            RequestMetrics.Ended(entry.Name, kind, Math.Max(0, _clock.FromTimestamp(Timestamp) - entry.DeadlineNs + (_options.TimeoutMs * NsPerMs)));
        }

        return kind;
    }

    /// <summary>Sends what waits here, as far as credit and room go. One thread at a time does it for a mailbox, so that the order stays.</summary>
    private void Flush()
    {
        int seen = 0;
        while (true)
        {
            RequestLane? lane;
            lock (_gate)
            {
                lane = _lanes.PendingCount == 0 ? null : _lanes.TakeTurn(ref seen);
            }

            if (lane is null)
            {
                return;
            }

            Flush(lane);
        }
    }

    private void Flush(RequestLane lane)
    {
        try
        {
            if (LeavesInBatches(lane))
            {
                FlushBatches(lane);
            }
            else
            {
                FlushEach(lane);
            }
        }
        catch
        {
            // Nobody sends on it any more.
            lock (_gate)
            {
                lane.Batch.Clear();
                lane.IsFlushing = false;
            }

            throw;
        }
    }

    private void FlushEach(RequestLane lane)
    {
        bool isFull = false;
        while (true)
        {
            Next next = TakeNext(lane, isFull, out InFlightRequest? entry, out PendingFrame frame);
            if (next == Next.Stop)
            {
                return;
            }

            isFull = next == Next.Send && !TrySendNow(entry!, frame.Id, frame.To, frame.Bytes);
            if (!isFull)
            {
                lock (_gate)
                {
                    lane.Pending.RemoveFirst(wasSent: next == Next.Send);
                }
            }
        }
    }

    private Next TakeNext(RequestLane lane, bool isFull, out InFlightRequest? entry, out PendingFrame frame)
    {
        entry = null;
        frame = default;
        lock (_gate)
        {
            if (isFull || _isStopped || !lane.Pending.TryPeek(out frame))
            {
                lane.IsFlushing = false;
                return Next.Stop;
            }

            entry = _table.Find(frame.Id);
            if (entry is not { State: InFlightState.Pending })
            {
                return Next.Skip;
            }

            if (TryTakeCredit(entry, lane, frame.LengthBytes))
            {
                return Next.Send;
            }

            lane.IsFlushing = false;
            return Next.Stop;
        }
    }
}
