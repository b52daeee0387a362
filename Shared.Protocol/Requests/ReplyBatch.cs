using Shared.Protocol.Transport;
using Shared.Protocol.Wire;

namespace Shared.Protocol.Requests;

/// <summary>
/// Collects the results to the requests of one batch, so that they leave together. Belongs to a reading thread; the watchdog may have it emptied too,
/// when a handler does not return.
/// </summary>
internal sealed class ReplyBatch
{
    private readonly Lock _gate = new();
    private BatchWriter _collecting = new();
    private BatchWriter? _spare = new();
    private Mailbox _to;
    private bool _isOpen;
    private long _deadlineNs;

    /// <summary>When the first result that it holds was put in, in nanoseconds of the monotonic clock; 0 where it is empty. For the reading thread.</summary>
    public long BeganNs { get; private set; }

    /// <summary>From now on results for that mailbox are collected; nothing happens where those for one are already. For the reading thread.</summary>
    public void Open(Mailbox to)
    {
        if (Volatile.Read(ref _isOpen))
        {
            return;
        }

        lock (_gate)
        {
            _to = to;
            _isOpen = true;
        }
    }

    /// <summary>Takes a copy of a result. False where it has to go by itself: to another mailbox, or larger than a batch, or there is no room now.</summary>
    /// <param name="to">Where it goes.</param>
    /// <param name="frame">The result.</param>
    /// <param name="deadlineNs">When nobody waits for it any more; 0 for never.</param>
    /// <param name="maxBytes">How long a batch may be.</param>
    /// <param name="clock">The time, looked at for the first of them only.</param>
    public bool TryAdd(Mailbox to, ReadOnlySpan<byte> frame, long deadlineNs, int maxBytes, MonotonicClock clock)
    {
        lock (_gate)
        {
            if (!_isOpen || to != _to || !_collecting.Fits(frame.Length, maxBytes))
            {
                return false;
            }

            // The last of them that is still waited for keeps the others with it.
            _deadlineNs = _collecting.Count == 0 ? deadlineNs : deadlineNs == 0 || _deadlineNs == 0 ? 0 : Math.Max(_deadlineNs, deadlineNs);
            BeganNs = _collecting.Count == 0 ? clock.NowNs : BeganNs;
            _collecting.Add(frame);
            return true;
        }
    }

    /// <summary>Hands what was collected to the outbox.</summary>
    /// <param name="outbox">Sends it.</param>
    /// <param name="close">Whether nothing more is to be collected.</param>
    public void Flush(ReplyOutboxes outbox, bool close)
    {
        BatchWriter full;
        long deadlineNs;
        Mailbox to;
        lock (_gate)
        {
            _isOpen &= !close;
            if (_collecting.Count == 0)
            {
                return;
            }

            full = _collecting;
            deadlineNs = _deadlineNs;
            to = _to;
            _collecting = _spare ?? new BatchWriter();
            _spare = null;
            BeganNs = 0;
        }

        outbox.Post(to, full.Finished, deadlineNs, full.Count);
        full.Clear();
        lock (_gate)
        {
            _spare ??= full;
        }
    }
}
