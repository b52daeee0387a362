using Shared.Protocol.Wire;

namespace Shared.Protocol.Requests;

/// <summary>
/// Puts a result together that came in parts. Parts of one result come in order, for frames of one sender do; a gap is a fault.
/// Owns its buffer.
/// </summary>
/// <param name="count">How many parts there are.</param>
/// <param name="maxBytes">The largest result that is taken, in bytes.</param>
internal sealed class PartAssembly(int count, int maxBytes) : IDisposable
{
    private readonly PooledBuffer _buffer = new(Math.Min(4096, maxBytes), maxBytes);
    private int _nextIndex;

    /// <summary>What adding a part came to.</summary>
    internal enum Step
    {
        /// <summary>More parts are to come.</summary>
        More = 1,

        /// <summary>That was the last one.</summary>
        Complete,

        /// <summary>The part does not follow the one before.</summary>
        OutOfOrder,

        /// <summary>The result is larger than is taken.</summary>
        TooLarge,
    }

    /// <summary>The whole body, once complete.</summary>
    public ReadOnlySpan<byte> Body => _buffer.WrittenSpan;

    /// <summary>Adds a part.</summary>
    public Step Add(FramePart part, ReadOnlySpan<byte> bytes)
    {
        if (part.Count != count || part.Index != _nextIndex)
        {
            return Step.OutOfOrder;
        }

        if (bytes.Length > maxBytes - _buffer.WrittenBytes)
        {
            return Step.TooLarge;
        }

        bytes.CopyTo(_buffer.GetSpan(bytes.Length));
        _buffer.Advance(bytes.Length);
        _nextIndex++;
        return _nextIndex == count ? Step.Complete : Step.More;
    }

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();
}
