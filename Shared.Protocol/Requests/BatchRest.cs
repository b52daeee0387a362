using Shared.Protocol.Wire;

namespace Shared.Protocol.Requests;

/// <summary>
/// The requests of a batch that are still to be run, as a copy of its own. Belongs to a reading thread; the watchdog takes them over when a handler does not
/// return, so that whoever has asked for them is told.
/// </summary>
internal sealed class BatchRest
{
    private readonly Lock _gate = new();
    private byte[] _bytes = [];
    private int _beginBytes;
    private int _endBytes;

    /// <summary>Whether the watchdog has taken what was left.</summary>
    public bool IsTakenOver { get; private set; }

    /// <summary>Takes a copy of the frames of a batch.</summary>
    public void Begin(ReadOnlySpan<byte> frames)
    {
        lock (_gate)
        {
            if (_bytes.Length < frames.Length)
            {
                _bytes = new byte[Math.Max(frames.Length, 2 * _bytes.Length)];
            }

            frames.CopyTo(_bytes);
            _beginBytes = 0;
            _endBytes = frames.Length;
        }
    }

    /// <summary>The next request; valid until the next <see cref="Begin"/>. False where there is none, or the rest is no batch.</summary>
    public bool TryTake(out ReadOnlySpan<byte> frame)
    {
        lock (_gate)
        {
            ReadOnlySpan<byte> rest = _bytes.AsSpan(_beginBytes, _endBytes - _beginBytes);
            bool isTaken = BatchFormat.TryTake(ref rest, out frame);
            _beginBytes = isTaken ? _endBytes - rest.Length : _endBytes;
            return isTaken;
        }
    }

    /// <summary>Takes all that is left from the thread it belongs to.</summary>
    public byte[] TakeOver()
    {
        lock (_gate)
        {
            byte[] rest = _bytes[_beginBytes.._endBytes];
            _beginBytes = _endBytes;
            IsTakenOver = true;
            return rest;
        }
    }
}
