namespace IpcBench.Exchanging;

/// <summary>
/// Messages over a stream of bytes, which keeps no bounds of them: what is read is cut by the length that each begins with, and of a message that does not
/// fit, the rest is kept and sent before anything else.
/// </summary>
internal abstract class StreamChannel : IFrameChannel
{
    private const int ReadBytes = 64 * 1024;

    private readonly byte[] _read = new byte[ReadBytes];
    private readonly byte[] _rest = new byte[Load.MaxSizeBytes];
    private int _start;
    private int _end;
    private int _restStart;
    private int _restEnd;

    /// <inheritdoc/>
    public bool TrySend(ReadOnlySpan<byte> message)
    {
        if (!SendRest())
        {
            return false;
        }

        int sent = WriteSome(message);
        if (sent == 0)
        {
            return false;
        }

        message[sent..].CopyTo(_rest);
        _restStart = 0;
        _restEnd = message.Length - sent;
        return true;
    }

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<byte> message)
    {
        while (_restStart < _restEnd)
        {
            _restStart += WriteWaiting(_rest.AsSpan(_restStart.._restEnd));
        }

        while (!message.IsEmpty)
        {
            message = message[WriteWaiting(message)..];
        }
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Receive()
    {
        while (true)
        {
            int length = Message.LengthOf(_read.AsSpan(_start.._end));
            if (length > 0 && length <= _end - _start)
            {
                _start += length;
                return _read.AsSpan(_start - length, length);
            }

            _read.AsSpan(_start.._end).CopyTo(_read);
            (_start, _end) = (0, _end - _start);

            // Before it waits: the answer that is waited for may be that of the message whose rest is still here.
            SendRest();
            int read = Read(_read.AsSpan(_end));
            if (read == 0)
            {
                return [];
            }

            _end += read;
        }
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Waits for some bytes; 0 at the end.</summary>
    protected abstract int Read(Span<byte> buffer);

    /// <summary>Writes what fits without waiting, perhaps nothing.</summary>
    protected abstract int WriteSome(ReadOnlySpan<byte> bytes);

    /// <summary>Waits for room, and writes some.</summary>
    protected abstract int WriteWaiting(ReadOnlySpan<byte> bytes);

    private bool SendRest()
    {
        if (_restStart < _restEnd)
        {
            _restStart += WriteSome(_rest.AsSpan(_restStart.._restEnd));
        }

        return _restStart == _restEnd;
    }
}
