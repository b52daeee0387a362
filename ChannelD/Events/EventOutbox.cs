using Shared.Protocol.Messages.Events;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;

namespace ChannelD.Events;

/// <summary>
/// The stream of events to one run of one chatD: numbers them from 1 without gaps, sends them in that order, and keeps those for which there is no
/// room, bounded, until there is. What is refused gets no number; what was numbered and is then dropped leaves a gap, from which the chatD
/// learns of the loss. Never waits; safe on every thread.
/// </summary>
internal sealed class EventOutbox : IDisposable
{
    /// <summary>How many frames may wait for a chatD that is behind.</summary>
    public const int MaxPendingFrames = 1024;

    /// <summary>How many bytes may wait for it; one frame may be larger.</summary>
    public const int MaxPendingBytes = 1024 * 1024;

    // The rest of the queue is for what the link of the daemons lives on, and for results that take no socket.
    private const int CapacityNumerator = 3;
    private const int CapacityDenominator = 4;

    // While the mailbox is full its reader is behind by a whole queue, so looking once in a millisecond loses nothing.
    private static readonly TimeSpan s_retry = TimeSpan.FromMilliseconds(1);

    private readonly Mailbox _to;
    private readonly ITransport _transport;
    private readonly EventCounts _counts;
    private readonly long _usableBytes;
    private readonly ITimer _timer;

    // Guards everything below. Never held over a system call.
    private readonly Lock _gate = new();
    private readonly EventEncoder _encoder;
    private readonly Queue<EventFrame> _pending = new();
    private readonly List<EventFrame> _encoded = [];
    private long _pendingBytes;
    private ulong _lastNumber;
    private int _toDrop;
    private bool _isSending;
    private bool _isStopped;

    /// <summary>Makes an empty one.</summary>
    /// <param name="to">The chatD's mailbox of events.</param>
    /// <param name="chatGeneration">The run of chatD.</param>
    /// <param name="transport">Carries the frames. Not owned.</param>
    /// <param name="encoder">Makes them; owned from now on.</param>
    /// <param name="counts">Counts them.</param>
    /// <param name="time">When to try again.</param>
    public EventOutbox(Mailbox to, ulong chatGeneration, ITransport transport, EventEncoder encoder, EventCounts counts, TimeProvider time)
    {
        _to = to;
        ChatGeneration = chatGeneration;
        _transport = transport;
        _encoder = encoder;
        _counts = counts;
        _usableBytes = transport.Limits.ResultCapacityBytes * CapacityNumerator / CapacityDenominator;
        _timer = time.CreateTimer(static state => ((EventOutbox)state!).OnRetry(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The run of chatD that it is for.</summary>
    public ulong ChatGeneration { get; }

    /// <summary>How many frames wait.</summary>
    public int PendingCount
    {
        get
        {
            lock (_gate)
            {
                return _pending.Count;
            }
        }
    }

    /// <summary>Sends an event, or keeps it; its number is given here.</summary>
    /// <returns>False where nothing of it was taken.</returns>
    public bool TryPost(in GameEvent message)
    {
        lock (_gate)
        {
            GameEvent numbered = message with { Number = _lastNumber + 1, ChatGeneration = ChatGeneration };
            if (!_isStopped && !(MayKeepMore() && _encoder.TryEncode(numbered, _encoded) && TryKeepEncoded()))
            {
                return false;
            }
        }

        Flush();
        return true;
    }

    /// <summary>As above.</summary>
    public bool TryPost(in SessionUpdate message)
    {
        lock (_gate)
        {
            SessionUpdate numbered = message with { Number = _lastNumber + 1, ChatGeneration = ChatGeneration };
            if (!_isStopped && !TryKeep(numbered))
            {
                return false;
            }
        }

        Flush();
        return true;
    }

    /// <summary>As above.</summary>
    public bool TryPost(in SessionEnded message)
    {
        lock (_gate)
        {
            SessionEnded numbered = message with { Number = _lastNumber + 1, ChatGeneration = ChatGeneration };
            if (!_isStopped && !TryKeep(numbered))
            {
                return false;
            }
        }

        Flush();
        return true;
    }

    /// <summary>Drops what waits: its chatD was given up. Where the same run comes back, the numbers go on behind the gap.</summary>
    public void Drop()
    {
        lock (_gate)
        {
            _toDrop = _pending.Count;
            if (!_isSending)
            {
                RemoveDropped();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            Volatile.Write(ref _isStopped, true);
            _toDrop = _pending.Count;
            if (!_isSending)
            {
                RemoveDropped();
            }

            _encoder.Dispose();
        }
    }

    // Below, what the caller holds the lock for.
    private bool MayKeepMore() => _pending.Count < MaxPendingFrames && (_pending.Count == 0 || _pendingBytes < MaxPendingBytes);

    private bool TryKeep<T>(in T message)
        where T : IWireMessage<T> =>
        MayKeepMore() && _encoder.TryEncode(message, _encoded) && TryKeepEncoded();

    /// <summary>All frames of an event or none: whoever is told that it was not taken must not find half of the room knowing it.</summary>
    private bool TryKeepEncoded()
    {
        long bytes = 0;
        foreach (EventFrame frame in _encoded)
        {
            bytes += frame.LengthBytes;
        }

        bool hasRoom = _pending.Count == 0 || (_pending.Count + _encoded.Count <= MaxPendingFrames && _pendingBytes + bytes <= MaxPendingBytes);
        foreach (EventFrame frame in _encoded)
        {
            if (hasRoom)
            {
                _pending.Enqueue(frame);
                _pendingBytes += frame.LengthBytes;
                _lastNumber++;
            }
            else
            {
                frame.Return();
            }
        }

        _encoded.Clear();
        return hasRoom;
    }

    private void RemoveFirst()
    {
        EventFrame frame = _pending.Dequeue();
        _pendingBytes -= frame.LengthBytes;
        _toDrop -= _toDrop > 0 ? 1 : 0;
        frame.Return();
    }

    private void RemoveDropped()
    {
        while (_toDrop > 0)
        {
            RemoveFirst();
        }
    }

    // Below, what is called without the lock.
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

    /// <summary>Sends what waits, as far as there is room, unless another thread does: one sends at a time, which keeps the order.</summary>
    private void Flush()
    {
        bool isFull = false;
        lock (_gate)
        {
            if (_isSending)
            {
                return;
            }

            _isSending = true;
        }

        while (TryTakeNext(isFull, out EventFrame frame))
        {
            bool isDone = false;
            try
            {
                isDone = TrySend(frame.Bytes);
                isFull = !isDone;
            }
            finally
            {
                lock (_gate)
                {
                    if (isDone)
                    {
                        RemoveFirst();
                    }
                    else if (!isFull)
                    {
                        // It throws: nobody sends any more.
                        _isSending = false;
                    }
                }
            }
        }
    }

    /// <summary>The frame that is next, which stays where it is; false, and this thread sends no more, where there is none or no room.</summary>
    private bool TryTakeNext(bool isFull, out EventFrame frame)
    {
        lock (_gate)
        {
            RemoveDropped();
            if (!isFull && !_isStopped && _pending.TryPeek(out frame))
            {
                return true;
            }

            frame = default;
            _isSending = false;
            if (!_isStopped && _pending.Count > 0)
            {
                _timer.Change(s_retry, Timeout.InfiniteTimeSpan);
            }

            return false;
        }
    }

    /// <summary>False when the mailbox takes nothing just now; also when its queue has to be looked up again.</summary>
    private bool TrySend(ReadOnlySpan<byte> frame)
    {
        long waitingBytes = _transport.GetDepth(_to).Bytes;
        if (waitingBytes > 0 && waitingBytes + frame.Length > _usableBytes)
        {
            return false;
        }

        SendStatus status = _transport.TrySend(_to, frame);
        if (status == SendStatus.Sent)
        {
            _counts.CountSent();
        }

        return status is SendStatus.Sent or SendStatus.TooLarge;
    }
}
