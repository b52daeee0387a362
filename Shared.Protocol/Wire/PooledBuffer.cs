using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Shared.Protocol.Wire;

/// <summary>
/// Bytes being written, in an array of the shared pool. It grows as needed up to a bound and keeps its array between uses:
/// <see cref="Clear"/> makes it empty, <see cref="Dispose"/> gives the array back. Owned by whoever made it; for one thread at a time.
/// </summary>
public sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private readonly int _maxBytes;
    private byte[] _array;
    private int _writtenBytes;

    /// <summary>Makes an empty buffer.</summary>
    /// <param name="initialBytes">How much it holds before it grows, in bytes, from 1.</param>
    /// <param name="maxBytes">How much it may ever hold, in bytes.</param>
    public PooledBuffer(int initialBytes = 1024, int maxBytes = 64 * 1024 * 1024)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(initialBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, initialBytes);
        _maxBytes = maxBytes;
        _array = ArrayPool<byte>.Shared.Rent(initialBytes);
    }

    /// <summary>What was written so far. Valid until the next write, clear or disposal.</summary>
    public ReadOnlySpan<byte> WrittenSpan => _array.AsSpan(0, _writtenBytes);

    /// <summary>What was written so far. Valid until the next write, clear or disposal.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _array.AsMemory(0, _writtenBytes);

    /// <summary>How many bytes were written.</summary>
    public int WrittenBytes => _writtenBytes;

    /// <summary>Forgets what was written.</summary>
    public void Clear() => _writtenBytes = 0;

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _array.Length - _writtenBytes);
        _writtenBytes += count;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The buffer would grow past its bound.</exception>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return _array.AsSpan(_writtenBytes);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The buffer would grow past its bound.</exception>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return _array.AsMemory(_writtenBytes);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        byte[] array = _array;
        _array = [];
        _writtenBytes = 0;
        if (array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }

    private void EnsureRoom(int sizeHint)
    {
        int neededBytes = Math.Max(sizeHint, 1);
        if (_array.Length - _writtenBytes >= neededBytes)
        {
            return;
        }

        long wantedBytes = (long)_writtenBytes + neededBytes;
        if (wantedBytes > _maxBytes)
        {
            ThrowTooLarge(wantedBytes);
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(wantedBytes, 2L * _array.Length), _maxBytes));
        _array.AsSpan(0, _writtenBytes).CopyTo(larger);
        byte[] old = _array;
        _array = larger;
        if (old.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(old);
        }
    }

    [DoesNotReturn]
    private void ThrowTooLarge(long wantedBytes) =>
        throw new InvalidOperationException($"The buffer would grow to {wantedBytes} bytes; its bound is {_maxBytes} bytes.");
}
