using Shared.Protocol.Transport;
using Shared.Protocol.Wire;

namespace Shared.Protocol.Requests;

/// <summary>
/// Sends the results for one mailbox and keeps those for which there is no room, bounded, until there is or nobody waits for them any more.
/// They leave in the order in which they were posted. Never waits; safe on every thread.
/// </summary>
internal sealed class ReplyOutbox : IDisposable
{
    // While the mailbox is full its reader is behind by a whole queue, so looking once in a millisecond loses nothing.
    private static readonly TimeSpan s_retry = TimeSpan.FromMilliseconds(1);

    private readonly Mailbox _to;
    private readonly ITransport _transport;
    private readonly OutboxRoom _room;
    private readonly MonotonicClock _clock;
    private readonly RequestServerStatistics _statistics;
    private readonly ITimer _timer;

    // Guards everything below. Never held over a system call.
    private readonly Lock _gate = new();
    private readonly PendingFrames _pending = new();
    private bool _isSending;
    private bool _isStopped;

    public ReplyOutbox(
        Mailbox to, ITransport transport, OutboxRoom room, RequestServerStatistics statistics, TimeProvider time)
    {
        _to = to;
        _room = room;
        _transport = transport;
        _statistics = statistics;
        _clock = new MonotonicClock(time);
        _timer = time.CreateTimer(static state => ((ReplyOutbox)state!).OnRetry(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sends a frame of so many results, or keeps a copy, or drops and counts them.</summary>
    public void Post(ReadOnlySpan<byte> frame, long deadlineNs, int count)
    {
        lock (_gate)
        {
            if (_isSending || _pending.Count > 0)
            {
                Keep(frame, deadlineNs, count);
                return;
            }

            // One thread sends at a time: a result that finds it busy waits behind the others.
            _isSending = true;
        }

        bool isDone = TrySend(frame, deadlineNs, count);
        lock (_gate)
        {
            if (!isDone)
            {
                // What came meanwhile stands behind this one in time, but in the queue before it: only results of other requests,
                // which have no order among each other that anybody was promised beyond that of their arrival.
                Keep(frame, deadlineNs, count);
            }

            if (_pending.Count == 0)
            {
                _isSending = false;
                return;
            }
        }

        SendPending(isFull: !isDone);
    }

    /// <summary>Sends what waits, as far as there is room.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            if (_isSending || _pending.Count == 0)
            {
                return;
            }

            _isSending = true;
        }

        SendPending(isFull: false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            Volatile.Write(ref _isStopped, true);
            if (!_isSending)
            {
                Clear();
            }
        }
    }

    private void OnRetry()
    {
        try
        {
            Flush();
        }
        catch (ObjectDisposedException) when (Volatile.Read(ref _isStopped))
        {
            // This call was under way when the timer was disposed, and the transport after it; a timer's thread has nobody to throw to.
        }
    }

    private void Keep(ReadOnlySpan<byte> frame, long deadlineNs, int count)
    {
        if (!_isStopped && _room.TryTake(_pending.Count, _pending.Bytes, frame.Length))
        {
            _pending.Add(_to, frame, id: (ulong)count, deadlineNs);
        }
        else
        {
            _statistics.CountDropped(count);
        }
    }

    /// <summary>Takes a batch apart: its results wait one by one.</summary>
    private void KeepEach(ReadOnlySpan<byte> batch, long deadlineNs)
    {
        if (!BatchFormat.TryBegin(batch, out ReadOnlySpan<byte> frames, out _))
        {
            return;
        }

        lock (_gate)
        {
            while (BatchFormat.TryTake(ref frames, out ReadOnlySpan<byte> one))
            {
                Keep(one, deadlineNs, count: 1);
            }
        }
    }

    /// <summary>The caller holds the lock.</summary>
    private void Clear()
    {
        _statistics.CountDropped(_pending.ResultCount);
        _room.Give(_pending.Count, _pending.Bytes);
        _pending.Clear();
    }

    private void SendPending(bool isFull)
    {
        while (true)
        {
            PendingFrame frame;
            lock (_gate)
            {
                if (isFull || _isStopped || !_pending.TryPeek(out frame))
                {
                    _isSending = false;
                    if (_isStopped)
                    {
                        Clear();
                    }
                    else if (_pending.Count > 0)
                    {
                        _timer.Change(s_retry, Timeout.InfiniteTimeSpan);
                    }

                    return;
                }
            }

            if (frame.DeadlineNs != 0 && _clock.NowNs >= frame.DeadlineNs)
            {
                _statistics.CountDropped((long)frame.Id);
            }
            else
            {
                isFull = !TrySend(frame.Bytes, frame.DeadlineNs, (int)frame.Id);
            }

            if (!isFull)
            {
                lock (_gate)
                {
                    _pending.RemoveFirst();
                    _room.Give(1, frame.LengthBytes);
                }
            }
        }
    }

    /// <summary>False when the mailbox takes nothing just now.</summary>
    private bool TrySend(ReadOnlySpan<byte> frame, long deadlineNs, int count)
    {
        switch (_transport.TrySend(_to, frame))
        {
            case SendStatus.Sent:
                _statistics.CountAnswered(count);
                return true;

            // A queue that was removed or taken from us is looked up again, and the asker may have found the new one already: what it asked
            // since then it would otherwise wait for in vain. What it no longer waits for it drops.
            case SendStatus.Full or SendStatus.Gone or SendStatus.Refused:
                return false;

            // The largest frame is smaller than it was (kernel.msgmax), or than that of whoever made the mailbox: each by itself may fit.
            case SendStatus.TooLarge when count > 1:
                KeepEach(frame, deadlineNs);
                return true;
            default:
                _statistics.CountDropped(count);
                return true;
        }
    }
}
