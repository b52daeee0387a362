using Shared.Protocol.Transport;

namespace Shared.Protocol.Requests;

/// <content>The one timer: deadlines, what waits here, and what is owed by the mailbox.</content>
public sealed partial class RequestClient
{
    private static readonly TimeSpan s_tick = TimeSpan.FromTicks(DeadlineWheel.TickNs / 100);

    private void StartTimer()
    {
        _idleTicks = 0;
        if (_isTimerRunning)
        {
            return;
        }

        _isTimerRunning = true;
        _timer.Change(s_tick, s_tick);
    }

    private void OnTick()
    {
        EndExpired();
        CheckOwed();
        Flush();
        lock (_gate)
        {
            bool isIdle = _wheel.Count == 0 && _pending.Count == 0 && _credits.OwedCount == 0;
            _idleTicks = isIdle ? _idleTicks + 1 : 0;
            if (_idleTicks >= IdleTicksBeforeRest && !_isStopped)
            {
                _isTimerRunning = false;
                _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
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
                entry.End(CountOutcome(OutcomeKind.Unknown), OutcomeCodes.Deadline);
            }
            else
            {
                entry.End(CountOutcome(OutcomeKind.Busy), OutcomeCodes.Overloaded);
            }
        }
    }

    /// <summary>
    /// Requests that ended without an answer keep their credit until the mailbox shows that they no longer lie in it: else a stopped
    /// reader's mailbox would be filled up with what nobody waits for.
    /// </summary>
    private void CheckOwed()
    {
        Mailbox to;
        lock (_gate)
        {
            bool isDue = ++_ticksSinceDepthCheck >= TicksPerDepthCheck;
            if (!isDue || _credits.OwedCount == 0)
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

            to = _lastTo;
        }

        long depthBytes = _transport.GetDepth(to).Bytes;
        lock (_gate)
        {
            _credits.LimitOwed(depthBytes);
        }
    }
}
