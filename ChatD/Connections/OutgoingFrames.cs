using System.IO.Pipelines;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Wire;

namespace ChatD.Connections;

/// <summary>
/// What goes to one player, in order: bounded, and written by whichever thread has something to say. A player who does not read
/// fills it up, and is cut off. Safe on every thread.
/// </summary>
internal sealed class OutgoingFrames
{
    private readonly PipeWriter _output;
    private readonly Action _onOverflow;

    // Guards what follows. Never held over a write to the pipe.
    private readonly Lock _gate = new();
    private int _maxBytes;
    private PooledBuffer? _filling;
    private bool _isWriting;
    private bool _isClosed;
    private TaskCompletionSource? _idle;

    /// <summary>Makes an empty one.</summary>
    /// <param name="output">The player's pipe. Not owned.</param>
    /// <param name="maxBytes">How much may wait behind what is being written; a single larger frame may.</param>
    /// <param name="onOverflow">Called once, when more would wait. What had not been written is lost then.</param>
    public OutgoingFrames(PipeWriter output, int maxBytes, Action onOverflow)
    {
        _output = output;
        _maxBytes = maxBytes;
        _onOverflow = onOverflow;
    }

    /// <summary>Allows more to wait than at first: what was kept for the player while he was away is not his fault.</summary>
    public void AllowMore(int bytes)
    {
        lock (_gate)
        {
            _maxBytes += bytes;
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

            // One frame may be larger than the bound: a result of the permitted size reaches whoever reads.
            _filling ??= new PooledBuffer(512);
            bool isFirst = _filling.WrittenBytes == 0;
            PlayerFraming.WriteFrame(_filling, message);
            isOverflow = !isFirst && _filling.WrittenBytes > _maxBytes;
            if (isOverflow)
            {
                Close();
            }
        }

        if (isOverflow)
        {
            _onOverflow();
        }
    }

    /// <summary>Sends what was added, on this thread as far as that does not wait.</summary>
    public void Flush()
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

    private void Close()
    {
        _isClosed = true;
        _filling?.Dispose();
        _filling = null;
    }

    private async Task WriteAsync()
    {
        try
        {
            while (TryTake(out PooledBuffer? buffer))
            {
                using (buffer)
                {
                    FlushResult result = await _output.WriteAsync(buffer.WrittenMemory);
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
