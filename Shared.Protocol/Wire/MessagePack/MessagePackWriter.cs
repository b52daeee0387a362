using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Shared.Protocol.Wire.MessagePack;

/// <summary>
/// Writes MessagePack, always in the smallest encoding, without allocating. The members are named after MessagePack-CSharp's.
/// </summary>
/// <remarks>
/// It takes a span from the output and fills it before it asks for the next, so nothing is in the output before <see cref="Flush"/>;
/// meanwhile nobody else may write to the output. When a member throws, the output may hold the beginning of a value: discard it.
/// </remarks>
public ref partial struct MessagePackWriter
{
    private const int MaxScalarBytes = 9;

    private readonly IBufferWriter<byte> _output;
    private Span<byte> _span;
    private int _usedBytes;

    /// <summary>Writes to an output, behind what it holds.</summary>
    public MessagePackWriter(IBufferWriter<byte> output)
    {
        _output = output;
        _span = default;
        _usedBytes = 0;
    }

    /// <summary>Hands everything written so far to the output. Call it once at the end; writing may go on after it.</summary>
    public void Flush()
    {
        if (_usedBytes > 0)
        {
            _output.Advance(_usedBytes);
        }

        _span = default;
        _usedBytes = 0;
    }

    /// <summary>Writes nil.</summary>
    public void WriteNil() => WriteCode(MessagePackCode.Nil);

    /// <summary>Writes a boolean.</summary>
    public void Write(bool value) => WriteCode(value ? MessagePackCode.True : MessagePackCode.False);

    /// <summary>Writes an integer.</summary>
    public void Write(byte value) => Write((ulong)value);

    /// <summary>Writes an integer.</summary>
    public void Write(int value) => Write((long)value);

    /// <summary>Writes an integer.</summary>
    public void Write(long value)
    {
        if (value >= 0)
        {
            Write((ulong)value);
            return;
        }

        Span<byte> span = Reserve(MaxScalarBytes);
        switch (value)
        {
            case >= -32:
                span[0] = unchecked((byte)value);
                _usedBytes += 1;
                break;
            case >= sbyte.MinValue:
                span[0] = MessagePackCode.Int8;
                span[1] = unchecked((byte)value);
                _usedBytes += 2;
                break;
            case >= short.MinValue:
                span[0] = MessagePackCode.Int16;
                BinaryPrimitives.WriteInt16BigEndian(span[1..], (short)value);
                _usedBytes += 3;
                break;
            case >= int.MinValue:
                span[0] = MessagePackCode.Int32;
                BinaryPrimitives.WriteInt32BigEndian(span[1..], (int)value);
                _usedBytes += 5;
                break;
            default:
                span[0] = MessagePackCode.Int64;
                BinaryPrimitives.WriteInt64BigEndian(span[1..], value);
                _usedBytes += 9;
                break;
        }
    }

    /// <summary>Writes an integer.</summary>
    public void Write(ulong value)
    {
        Span<byte> span = Reserve(MaxScalarBytes);
        switch (value)
        {
            case <= MessagePackCode.MaxFixInt:
                span[0] = (byte)value;
                _usedBytes += 1;
                break;
            case <= byte.MaxValue:
                span[0] = MessagePackCode.UInt8;
                span[1] = (byte)value;
                _usedBytes += 2;
                break;
            case <= ushort.MaxValue:
                span[0] = MessagePackCode.UInt16;
                BinaryPrimitives.WriteUInt16BigEndian(span[1..], (ushort)value);
                _usedBytes += 3;
                break;
            case <= uint.MaxValue:
                span[0] = MessagePackCode.UInt32;
                BinaryPrimitives.WriteUInt32BigEndian(span[1..], (uint)value);
                _usedBytes += 5;
                break;
            default:
                span[0] = MessagePackCode.UInt64;
                BinaryPrimitives.WriteUInt64BigEndian(span[1..], value);
                _usedBytes += 9;
                break;
        }
    }

    /// <summary>Writes a number of four bytes.</summary>
    public void Write(float value)
    {
        Span<byte> span = Reserve(MaxScalarBytes);
        span[0] = MessagePackCode.Float32;
        BinaryPrimitives.WriteSingleBigEndian(span[1..], value);
        _usedBytes += 5;
    }

    /// <summary>Writes a number of eight bytes.</summary>
    public void Write(double value)
    {
        Span<byte> span = Reserve(MaxScalarBytes);
        span[0] = MessagePackCode.Float64;
        BinaryPrimitives.WriteDoubleBigEndian(span[1..], value);
        _usedBytes += 9;
    }

    private void WriteCode(byte code)
    {
        Reserve(1)[0] = code;
        _usedBytes += 1;
    }

    /// <summary>The free part of the span, at least so many bytes of it. The caller adds what it used to <see cref="_usedBytes"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Reserve(int bytes)
    {
        if (_span.Length - _usedBytes < bytes)
        {
            Renew(bytes);
        }

        return _span[_usedBytes..];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Renew(int bytes)
    {
        Flush();
        _span = _output.GetSpan(bytes);
    }
}
