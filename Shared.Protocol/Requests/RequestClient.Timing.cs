namespace Shared.Protocol.Requests;

/// <content>The one timer: deadlines, what waits here, and what is owed by the mailbox.</content>
public sealed partial class RequestClient
{
    private const long NsPerMs = 1_000_000;

    /// <summary>
    /// Has the timer fire at a time, unless it fires before that anyway. The caller holds the lock. With one time-out for all, a new
    /// request is due after every other one; so the timer is touched once in a time-out, not once in a request, and while all is answered
    /// nothing wakes the process.
    /// </summary>
    private void WakeBy(long dueNs)
    {
        if (dueNs >= _wakeNs || _isStopped)
        {
            return;
        }

        _wakeNs = dueNs;

        // Timers count in milliseconds; one that fired early would only have to be set again.
        long delayMs = Math.Max(1, (dueNs - _clock.NowNs + NsPerMs - 1) / NsPerMs);
        _timer.Change(TimeSpan.FromMilliseconds(delayMs), Timeout.InfiniteTimeSpan);
    }

    /// <summary>Has the timer fire a tick from now: something waits for room, or is owed by the mailbox. The caller holds the lock.</summary>
    private void WakeAfterTick()
    {
        // Mostly it is to fire that soon already; then the clock need not be read. It is never set to less than a tick from now but for a
        // deadline, at which this is called again.
        if (!_isTicking)
        {
            _isTicking = true;
            WakeBy(_clock.NowNs + DeadlineWheel.TickNs);
        }
    }

    private void OnTick()
    {
        lock (_gate)
        {
            _wakeNs = long.MaxValue;
            _isTicking = false;
        }

        EndExpired();
        t_takesResults = true;
        try
        {
            CheckOwed();
            Flush();
        }
        catch (ObjectDisposedException) when (Volatile.Read(ref _isStopped))
        {
            // This call was under way when the timer was disposed, and the transport after it; a timer's thread has nobody to throw to.
            return;
        }
        finally
        {
            t_takesResults = false;
        }

        lock (_gate)
        {
            if (_lanes.PendingCount > 0 || _lanes.OwedCount > 0)
            {
                WakeAfterTick();
            }

            WakeBy(_wheel.FindNextDueNs());
        }
    }

    private void EndExpired()
    {
        long nowNs = _clock.NowNs;
        while (true)
        {
            InFlightRequest? entry;
            InFlightState state;
            lock (_gate)
            {
                entry = _wheel.FindExpired(nowNs);
                if (entry is null)
                {
                    return;
                }

                state = entry.State;
                Remove(entry, isAnswered: false);
            }

            entry.Parts?.Dispose();
            entry.Parts = null;
            if (state == InFlightState.Sent)
            {
                entry.End(CountOutcome(entry, OutcomeKind.Unknown), OutcomeCodes.Deadline);
            }
            else
            {
                entry.End(CountOutcome(entry, OutcomeKind.Busy), OutcomeCodes.Overloaded);
            }
        }
    }

    /// <summary>
    /// Requests that ended without an answer keep their credit until the mailbox shows that they no longer lie in it: else a stopped
    /// reader's mailbox would be filled up with what nobody waits for.
    /// </summary>
    private void CheckOwed()
    {
        int count;
        lock (_gate)
        {
            bool isDue = ++_ticksSinceDepthCheck >= TicksPerDepthCheck;
            if (!isDue || _lanes.OwedCount == 0)
            {
                return;
            }

            _ticksSinceDepthCheck = 0;
            if (_codec.MaxRequestId == 0)
            {
                // On a wire without ids an empty mailbox proves nothing: the answer may be under way. Only it, or time, settles that.
                _ = _quarantineEndsNs == 0 || HasQuarantineEnded();
                return;
            }

            count = _lanes.All.Count;
        }

        for (int i = 0; i < count; i++)
        {
            RequestLane lane;
            lock (_gate)
            {
                lane = _lanes.All[i];
                if (lane.Credits.OwedCount == 0)
                {
                    continue;
                }
            }

            long depthBytes = _transport.GetDepth(lane.To).Bytes;
            lock (_gate)
            {
                lane.Credits.LimitOwed(depthBytes);
            }
        }
    }
}
