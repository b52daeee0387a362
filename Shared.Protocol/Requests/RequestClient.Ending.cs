using Shared.Protocol.Wire;

namespace Shared.Protocol.Requests;

/// <content>How requests end: by a result, by their deadline, by their asker, by the loss of the peer.</content>
public sealed partial class RequestClient
{
    /// <inheritdoc/>
    /// <remarks>Safe on any thread: results may come over two ways at once.</remarks>
    public void OnFrame(ReadOnlySpan<byte> frame)
    {
        if (frame.IsEmpty && _probe.TryTake())
        {
            return;
        }

        bool tookResults = t_takesResults;
        long timestamp = t_timestamp;
        t_takesResults = true;
        t_timestamp = _time.GetTimestamp();
        try
        {
            OnResults(frame);
        }
        finally
        {
            t_takesResults = tookResults;
            t_timestamp = timestamp;
        }
    }

    private void OnResults(ReadOnlySpan<byte> frame)
    {
        if (_codec.CarriesSessions && BatchFormat.TryBegin(frame, out ReadOnlySpan<byte> frames, out int count))
        {
            OnBatch(frames, count);
        }
        else
        {
            OnResult(frame);
        }

        if (!t_isInBurst)
        {
            Flush();
        }
        else if (IsHalfAnswered())
        {
            // The reader of the requests goes on with these while the other half is on its way.
            EndBurst();
            _ = TryBeginBurst();
        }
    }

    private void OnResult(ReadOnlySpan<byte> frame)
    {
        FrameFault fault = _codec.TryRead(frame, t_scratch ??= new PooledBuffer(), MessageKind.Result, out Envelope envelope, out ReadOnlySpan<byte> body);
        if (fault != FrameFault.None || envelope.Kind != MessageKind.Result)
        {
            Statistics.CountMalformed();
            return;
        }

        if (_codec.CarriesGeneration && envelope.Generation != Generation)
        {
            Statistics.CountStale();
            return;
        }

        InFlightRequest? entry;
        var step = PartAssembly.Step.Complete;
        lock (_gate)
        {
            entry = FindAnswered(envelope);
            if (entry is not null && envelope.Part is { } part)
            {
                entry.Parts ??= new PartAssembly(part.Count, _options.MaxResultBytes);
                step = entry.Parts.Add(part, body);
                if (step == PartAssembly.Step.More)
                {
                    return;
                }
            }

            if (entry is not null)
            {
                Remove(entry, isAnswered: true);
            }
        }

        if (entry is not null)
        {
            t_results++;
            EndAnswered(entry, step, body);
        }
    }

    /// <inheritdoc/>
    /// <remarks>What was sent went down with the mailbox; what waits here goes to the new one.</remarks>
    public void OnReset()
    {
        EndAll(to: null, OutcomeCodes.PeerLost, busyCode: null);
        lock (_gate)
        {
            // Afterwards: what was in flight is owed only now. Without ids a late answer may still come through the new mailbox, from a
            // peer that had read its request; so there time alone settles it.
            if (_codec.MaxRequestId != 0)
            {
                ForgiveAll();
            }
        }

        Flush();
    }

    /// <summary>Sees whether the results' mailbox can be sent to and is read by this client. Null when it is; else what is wrong.</summary>
    internal ValueTask<string?> FindMailboxFaultAsync(TimeSpan limit, CancellationToken cancellationToken) =>
        _probe.FindFaultAsync(_replyTo, limit, cancellationToken);

    private InFlightRequest? FindAnswered(in Envelope envelope)
    {
        if (_codec.MaxRequestId == 0)
        {
            if (_onlySent is { } only)
            {
                return only;
            }

            // The answer of a request that has timed out: from here on the next answer is the next one's again. At the start there may be more.
            foreach (RequestLane lane in _lanes.All)
            {
                lane.Credits.ForgiveOne();
            }

            if (!_isStartQuarantine)
            {
                _quarantineEndsNs = 0;
            }

            Statistics.CountLate();
            return null;
        }

        InFlightRequest? entry = _table.Find(envelope.RequestId);
        if (entry is not { State: InFlightState.Sent })
        {
            Statistics.CountLate();
            return null;
        }

        if (entry.UserId != envelope.UserId)
        {
            Statistics.CountWrongUser();
            return null;
        }

        return entry;
    }

    private void EndAnswered(InFlightRequest entry, PartAssembly.Step step, ReadOnlySpan<byte> body)
    {
        PartAssembly? parts = entry.Parts;
        entry.Parts = null;
        using (parts)
        {
            switch (step)
            {
                case PartAssembly.Step.Complete:
                    _ = CountOutcome(entry, entry.ReadResult(parts is null ? body : parts.Body));
                    entry.EndWithResult();
                    break;
                case PartAssembly.Step.TooLarge:
                    entry.End(CountOutcome(entry, OutcomeKind.Error), OutcomeCodes.TooLarge);
                    break;
                default:
                    entry.End(CountOutcome(entry, OutcomeKind.Unknown), OutcomeCodes.MalformedResult);
                    break;
            }
        }
    }

    private void Cancel(InFlightRequest entry)
    {
        lock (_gate)
        {
            entry.IsCancelRequested = true;
            if (entry.State == InFlightState.Idle)
            {
                return;
            }

            Remove(entry, isAnswered: false);
        }

        Statistics.CountCancelled();
        entry.Parts?.Dispose();
        entry.Parts = null;
        entry.EndCancelled();
        Flush();
    }

    private void EndEarly(InFlightRequest entry, ulong id, string unknownCode, string? busyCode)
    {
        lock (_gate)
        {
            if (!IsStill(entry, id) || (entry.State == InFlightState.Pending && busyCode is null))
            {
                return;
            }
        }

        InFlightRequest? taken = TakeOut(entry, id, out InFlightState state);
        if (taken is null)
        {
            return;
        }

        if (state == InFlightState.Sent)
        {
            taken.End(CountOutcome(taken, OutcomeKind.Unknown), unknownCode);
        }
        else
        {
            taken.End(CountOutcome(taken, OutcomeKind.Busy), busyCode ?? unknownCode);
        }
    }

    /// <summary>Whether an entry still serves that request of this client: another client's ids can be the same.</summary>
    private bool IsStill(InFlightRequest entry, ulong id) => entry.Id == id && ReferenceEquals(entry.Owner, this);

    private InFlightRequest? TakeOut(InFlightRequest entry, ulong id, out InFlightState state)
    {
        lock (_gate)
        {
            state = entry.State;
            if (!IsStill(entry, id) || state == InFlightState.Idle)
            {
                return null;
            }

            Remove(entry, isAnswered: false);
        }

        entry.Parts?.Dispose();
        entry.Parts = null;
        return entry;
    }

    /// <summary>Takes a request out of every structure. The caller holds the lock and ends the request afterwards.</summary>
    private void Remove(InFlightRequest entry, bool isAnswered)
    {
        if (entry.State == InFlightState.Sent)
        {
            if (isAnswered)
            {
                entry.Lane!.Credits.ReturnAnswered(entry.CreditBytes, entry.SendSequence);
                entry.Lane.AnsweredSequence = Math.Max(entry.Lane.AnsweredSequence, entry.SendSequence);
            }
            else
            {
                entry.Lane!.Credits.Owe(entry.CreditBytes, entry.SendSequence);
                WakeAfterTick();
            }
        }
        else if (entry.CreditBytes > 0)
        {
            // In the batch of a burst that has not left.
            entry.Lane!.Credits.Return(entry.CreditBytes);
        }

        if (ReferenceEquals(_onlySent, entry))
        {
            _onlySent = null;
            if (!isAnswered)
            {
                _quarantineEndsNs = _clock.NowNs + (_options.QuarantineMs * 1_000_000L);
            }
        }

        entry.State = InFlightState.Idle;
        entry.Lane = null;
        entry.CreditBytes = 0;
        _wheel.Remove(entry);
        _table.Remove(entry);
    }
}
