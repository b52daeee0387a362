using System.Buffers;
using Shared.Protocol.Wire;

namespace Shared.Protocol.Requests;

/// <summary>
/// Puts a result together that came in parts, in whatever order: two ways may carry them, and one can overtake the other. Owns its buffers.
/// </summary>
/// <param name="count">How many parts there are.</param>
/// <param name="maxBytes">The largest result that is taken, in bytes.</param>
internal sealed class PartAssembly(int count, int maxBytes) : IDisposable
{
    private readonly (byte[]? Array, int LengthBytes)[] _parts = new (byte[]?, int)[count];
    private PooledBuffer? _whole;
    private int _missing = count;
    private int _bytes;

    /// <summary>What adding a part came to.</summary>
    internal enum Step
    {
        /// <summary>More parts are to come.</summary>
        More = 1,

        /// <summary>That was the last one.</summary>
        Complete,

        /// <summary>The part belongs to another division of the result, or came before.</summary>
        Malformed,

        /// <summary>The result is larger than is taken.</summary>
        TooLarge,
    }

    /// <summary>The whole body, once complete.</summary>
    public ReadOnlySpan<byte> Body => _whole is null ? [] : _whole.WrittenSpan;

    /// <summary>Adds a part, of which it takes a copy.</summary>
    public Step Add(FramePart part, ReadOnlySpan<byte> bytes)
    {
        if (part.Count != _parts.Length || _parts[part.Index].Array is not null)
        {
            return Step.Malformed;
        }

        if (bytes.Length > maxBytes - _bytes)
        {
            return Step.TooLarge;
        }

        byte[] copy = ArrayPool<byte>.Shared.Rent(bytes.Length);
        bytes.CopyTo(copy);
        _parts[part.Index] = (copy, bytes.Length);
        _bytes += bytes.Length;
        if (--_missing > 0)
        {
            return Step.More;
        }

        Join();
        return Step.Complete;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        _whole?.Dispose();
        _whole = null;
    }

    private void Join()
    {
        _whole = new PooledBuffer(Math.Max(1, _bytes), Math.Max(1, _bytes));
        foreach ((byte[]? array, int lengthBytes) in _parts)
        {
            array.AsSpan(0, lengthBytes).CopyTo(_whole.GetSpan(lengthBytes));
            _whole.Advance(lengthBytes);
        }

        Release();
    }

    private void Release()
    {
        for (int index = 0; index < _parts.Length; index++)
        {
            if (_parts[index].Array is { } array)
            {
                ArrayPool<byte>.Shared.Return(array);
                _parts[index] = default;
            }
        }
    }
}
