using Shared.Protocol.Transport;

namespace Shared.Protocol.Requests;

/// <summary>
/// The results on their way out, in an outbox for each mailbox: a chatD that does not read holds up its own results and no others. Never waits; safe
/// on every thread.
/// </summary>
internal sealed class ReplyOutboxes : IDisposable
{
    private readonly ITransport _transport;
    private readonly RequestServerStatistics _statistics;
    private readonly TimeProvider _time;
    private readonly OutboxRoom _room;

    // By instance; made when first used.
    private readonly ReplyOutbox?[] _outboxes = new ReplyOutbox?[Mailbox.MaxInstance + 1];
    private readonly Lock _gate = new();
    private bool _isStopped;

    public ReplyOutboxes(ITransport transport, RequestServerOptions options, RequestServerStatistics statistics, TimeProvider time)
    {
        _transport = transport;
        _statistics = statistics;
        _time = time;
        _room = new OutboxRoom(options.MaxPending, options.MaxPendingBytes);
    }

    /// <summary>How many results wait.</summary>
    public int PendingCount => _room.Count;

    /// <summary>Sends a frame of results, or keeps a copy, or drops and counts them.</summary>
    /// <param name="to">A mailbox of results.</param>
    /// <param name="frame">The result, or the batch of them.</param>
    /// <param name="deadlineNs">When nobody waits for any of them any more, in nanoseconds of the monotonic clock; 0 for never.</param>
    /// <param name="count">How many results it has.</param>
    public void Post(Mailbox to, ReadOnlySpan<byte> frame, long deadlineNs, int count = 1) =>
        (Volatile.Read(ref _outboxes[to.Instance]) ?? Make(to)).Post(frame, deadlineNs, count);

    /// <summary>Sends what waits, as far as there is room.</summary>
    public void Flush()
    {
        foreach (ReplyOutbox? outbox in _outboxes)
        {
            outbox?.Flush();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isStopped = true;
        }

        foreach (ReplyOutbox? outbox in _outboxes)
        {
            outbox?.Dispose();
        }
    }

    private ReplyOutbox Make(Mailbox to)
    {
        lock (_gate)
        {
            if (_outboxes[to.Instance] is { } made)
            {
                return made;
            }

            var outbox = new ReplyOutbox(to, _transport, _room, _statistics, _time);
            if (_isStopped)
            {
                outbox.Dispose();
            }

            Volatile.Write(ref _outboxes[to.Instance], outbox);
            return outbox;
        }
    }
}
