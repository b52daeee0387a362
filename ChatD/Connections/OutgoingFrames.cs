using System.Buffers.Binary;
using System.IO.Pipelines;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;
using Shared.Protocol.Wire;

namespace ChatD.Connections;

/// <summary>
/// What goes to one player, in order: bounded, and written by whichever thread has something to say. A player who reads slowly is held back:
/// see <see cref="WhenRoomAsync"/>. One who is pushed more than the bound although he does not read is cut off. Safe on every thread.
/// </summary>
internal sealed class OutgoingFrames : IBurstMember
{
    // No line is taken in above this part of the bound; the rest is for the answers to those that are under way, and for what is pushed.
    private const int HoldBackDivisor = 2;

    private readonly PipeWriter _output;
    private readonly MonotonicClock _clock;
    private readonly Action _onOverflow;
    private readonly BurstWrites _burstWrites;
    private long _writeBeganNs;
    private int _isPutOff;

    // Guards what follows. Never held over a write to the pipe.
    private readonly Lock _gate = new();
    private int _maxBytes;
    private PooledBuffer? _filling;
    private bool _isWriting;
    private bool _isClosed;
    private bool _holdsBack = true;

    // Written under the lock, whenever it may change; read by whoever asks.
    private bool _hasRoom = true;
    private TaskCompletionSource? _idle;
    private TaskCompletionSource? _room;

    /// <summary>Makes an empty one.</summary>
    /// <param name="output">The player's pipe. Not owned.</param>
    /// <param name="maxBytes">How much may wait behind what is being written; a single larger frame may.</param>
    /// <param name="clock">The clock of <see cref="WriteBeganNs"/>.</param>
    /// <param name="burstWrites">Writes what a burst has left.</param>
    /// <param name="onOverflow">Called once, when more would wait. What had not been written is lost then.</param>
    public OutgoingFrames(PipeWriter output, int maxBytes, MonotonicClock clock, BurstWrites burstWrites, Action onOverflow)
    {
        _burstWrites = burstWrites;
        _output = output;
        _clock = clock;
        _maxBytes = maxBytes;
        _onOverflow = onOverflow;
    }

    /// <summary>When the write began that the player's connection has not taken yet; 0 where there is none.</summary>
    public long WriteBeganNs => Volatile.Read(ref _writeBeganNs);

    /// <summary>Allows more to wait than at first: what was kept for the player while he was away is not his fault.</summary>
    public void AllowMore(int bytes)
    {
        lock (_gate)
        {
            _maxBytes += bytes;
            OfferRoom();
        }
    }

    /// <summary>Adds a frame; <see cref="Flush"/> sends it.</summary>
    public void Add<T>(in T message)
        where T : IWireMessage<T>
    {
        bool isOverflow;
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            _filling ??= new PooledBuffer(512);
            bool isFirst = _filling.WrittenBytes == 0;
            PlayerFraming.WriteFrame(_filling, message);
            isOverflow = CloseIfTooMuch(_filling, isFirst);
        }

        if (isOverflow)
        {
            CutOff();
        }
    }

    /// <summary>Adds an event's frame that was made for many players; <see cref="Flush"/> sends it.</summary>
    /// <param name="frame">The frame. The number in it is another's.</param>
    /// <param name="number">The number of the event for this player.</param>
    /// <returns>False when more would wait than may: then the caller has to call <see cref="CutOff"/>, once it holds no lock.</returns>
    public bool TryAdd(ReadOnlySpan<byte> frame, ulong number)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return true;
            }

            _filling ??= new PooledBuffer(512);
            bool isFirst = _filling.WrittenBytes == 0;
            Span<byte> copy = _filling.GetSpan(frame.Length);
            frame.CopyTo(copy);
            BinaryPrimitives.WriteUInt64BigEndian(copy[(frame.Length - ServerEvent.NumberBytes)..], number);
            _filling.Advance(frame.Length);
            return !CloseIfTooMuch(_filling, isFirst);
        }
    }

    /// <summary>Ends the connection of a player who does not read.</summary>
    public void CutOff() => _onOverflow();

    /// <summary>Whether so little waits that answers may be added: see <see cref="WhenRoomAsync"/>.</summary>
    public bool HasRoom => Volatile.Read(ref _hasRoom);

    /// <summary>
    /// Completes when so little waits that the player may be asked what he wants next, or when nothing is sent any more. It has no deadline of
    /// its own: whoever watches the connection looks at <see cref="WriteBeganNs"/>.
    /// </summary>
    public ValueTask WhenRoomAsync()
    {
        if (HasRoom)
        {
            return ValueTask.CompletedTask;
        }

        lock (_gate)
        {
            if (_hasRoom)
            {
                return ValueTask.CompletedTask;
            }

            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return new ValueTask(_room.Task);
        }
    }

    /// <summary>Lets whoever waits for room go on, now and from now on: the connection ends.</summary>
    public void StopHoldingBack()
    {
        lock (_gate)
        {
            _holdsBack = false;
            OfferRoom();
        }
    }

    /// <summary>
    /// Sends what was added, on this thread as far as that does not wait. Where this thread takes in a burst of results, at its end: several
    /// answers to one player are one write.
    /// </summary>
    public void Flush()
    {
        // Whoever has put it off sends what was added before this, too.
        if (Interlocked.Exchange(ref _isPutOff, 1) == 0 && !RequestClient.TryPutOff(this))
        {
            EndPuttingOff();
            Write();
        }
    }

    /// <inheritdoc/>
    public void OnBurstEnd()
    {
        EndPuttingOff();

        // A burst is for many players, as a rule: the thread that reads the results goes on with those, and another one writes to the sockets. With one answer
        // at a time the hand-over would take longer than the writing.
        _burstWrites.Add(this);
    }

    // Before the flush: what is added after this is sent by its own.
    private void EndPuttingOff() => _ = Interlocked.Exchange(ref _isPutOff, 0);

    /// <summary>Writes what was added, unless somebody does already; he takes it along.</summary>
    public void Write()
    {
        lock (_gate)
        {
            if (_isWriting || _filling is null)
            {
                return;
            }

            _isWriting = true;
        }

        _ = WriteAsync();
    }

    /// <summary>Waits until what was added has gone to the pipe, or the connection has ended.</summary>
    public async Task DrainAsync()
    {
        Task drained;
        lock (_gate)
        {
            if (!_isWriting && _filling is null)
            {
                return;
            }

            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            drained = _idle.Task;
        }

        Flush();
        await drained;
    }

    /// <summary>Sends nothing more, and gives the buffers back.</summary>
    public Task StopAsync()
    {
        lock (_gate)
        {
            Close();
        }

        _output.CancelPendingFlush();
        return DrainAsync();
    }

    // One frame may be larger than the bound: a result of the permitted size reaches whoever reads.
    private bool CloseIfTooMuch(PooledBuffer filling, bool isFirst)
    {
        bool isTooMuch = !isFirst && filling.WrittenBytes > _maxBytes;
        if (isTooMuch)
        {
            Close();
        }
        else
        {
            NoteRoom();
        }

        return isTooMuch;
    }

    private void Close()
    {
        _isClosed = true;
        _filling?.Dispose();
        _filling = null;
        OfferRoom();
    }

    private void NoteRoom() => Volatile.Write(ref _hasRoom, !_holdsBack || (_filling?.WrittenBytes ?? 0) <= _maxBytes / HoldBackDivisor);

    private void OfferRoom()
    {
        NoteRoom();
        if (_room is not null && _hasRoom)
        {
            _room.SetResult();
            _room = null;
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            while (TryTake(out PooledBuffer? buffer))
            {
                using (buffer)
                {
                    Volatile.Write(ref _writeBeganNs, _clock.NowNs);
                    FlushResult result = await _output.WriteAsync(buffer.WrittenMemory);
                    Volatile.Write(ref _writeBeganNs, 0);
                    if (result.IsCompleted || result.IsCanceled)
                    {
                        lock (_gate)
                        {
                            Close();
                        }
                    }
                }
            }
        }
#pragma warning disable CA1031 // Whatever the transport throws means that the connection has ended; its reader learns the same.
        catch (Exception)
#pragma warning restore CA1031
        {
            Volatile.Write(ref _writeBeganNs, 0);
            lock (_gate)
            {
                Close();
                BecomeIdle();
            }
        }
    }

    private bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out PooledBuffer? buffer)
    {
        lock (_gate)
        {
            buffer = _filling;
            _filling = null;
            OfferRoom();
            if (buffer is null)
            {
                BecomeIdle();
            }

            return buffer is not null;
        }
    }

    private void BecomeIdle()
    {
        _isWriting = false;
        _idle?.TrySetResult();
        _idle = null;
    }
}
