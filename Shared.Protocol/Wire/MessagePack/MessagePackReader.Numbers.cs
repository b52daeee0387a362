using System.Buffers.Binary;

namespace Shared.Protocol.Wire.MessagePack;

/// <content>Numbers. An integer is taken from any integer encoding that its value fits.</content>
public ref partial struct MessagePackReader
{
    /// <summary>Reads an integer from 0 to 255.</summary>
    /// <exception cref="MessagePackSerializationException">Another value is next, or the bytes end.</exception>
    public byte ReadByte()
    {
        MessagePackStatus status = TryReadInteger(byte.MaxValue, 0, out ulong bits);
        Check(status, "An integer from 0 to 255");
        return (byte)bits;
    }

    /// <summary>Reads an integer of 32 bits.</summary>
    /// <inheritdoc cref="ReadByte" path="/exception"/>
    public int ReadInt32()
    {
        Check(TryReadInt32(out int value), "An integer of 32 bits");
        return value;
    }

    /// <summary>Reads an integer of 64 bits.</summary>
    /// <inheritdoc cref="ReadByte" path="/exception"/>
    public long ReadInt64()
    {
        Check(TryReadInt64(out long value), "An integer of 64 bits");
        return value;
    }

    /// <summary>Reads an integer of 64 bits that is not negative.</summary>
    /// <inheritdoc cref="ReadByte" path="/exception"/>
    public ulong ReadUInt64()
    {
        Check(TryReadUInt64(out ulong value), "An unsigned integer of 64 bits");
        return value;
    }

    /// <summary>Reads a number as a float: written as a float, or as an integer.</summary>
    /// <inheritdoc cref="ReadByte" path="/exception"/>
    public float ReadSingle() => (float)ReadDouble();

    /// <summary>Reads a number: written as a float or a double, or as an integer, which dynamic languages do with 1.0.</summary>
    /// <inheritdoc cref="ReadByte" path="/exception"/>
    public double ReadDouble()
    {
        ReadOnlySpan<byte> rest = _bytes[_position..];
        switch (rest)
        {
            case [MessagePackCode.Float32, _, _, _, _, ..]:
                _position += 5;
                return BinaryPrimitives.ReadSingleBigEndian(rest[1..]);
            case [MessagePackCode.Float64, _, _, _, _, _, _, _, _, ..]:
                _position += 9;
                return BinaryPrimitives.ReadDoubleBigEndian(rest[1..]);
            case [MessagePackCode.Float32 or MessagePackCode.Float64, ..]:
                Throw(MessagePackStatus.Truncated, "A number");
                return 0;
            default:
                Check(TryReadInteger(ulong.MaxValue, long.MinValue, out ulong bits, out bool isNegative), "A number");
                return isNegative ? (long)bits : bits;
        }
    }

    internal MessagePackStatus TryReadInt32(out int value)
    {
        MessagePackStatus status = TryReadInteger(int.MaxValue, int.MinValue, out ulong bits);
        value = unchecked((int)bits);
        return status;
    }

    internal MessagePackStatus TryReadInt64(out long value)
    {
        MessagePackStatus status = TryReadInteger(long.MaxValue, long.MinValue, out ulong bits);
        value = unchecked((long)bits);
        return status;
    }

    internal MessagePackStatus TryReadUInt64(out ulong value) => TryReadInteger(ulong.MaxValue, 0, out value);

    private MessagePackStatus TryReadInteger(ulong max, long min, out ulong bits) => TryReadInteger(max, min, out bits, out _);

    /// <summary>Reads an integer between two bounds; a negative one is given as its two's complement.</summary>
    private MessagePackStatus TryReadInteger(ulong max, long min, out ulong bits, out bool isNegative)
    {
        bits = 0;
        isNegative = false;
        if (End)
        {
            return MessagePackStatus.Truncated;
        }

        byte code = _bytes[_position];
        int operandBytes = 0;
        if (code <= MessagePackCode.MaxFixInt)
        {
            bits = code;
        }
        else if (code >= MessagePackCode.MinNegativeFixInt)
        {
            isNegative = true;
            bits = unchecked((ulong)(sbyte)code);
        }
        else if (code is >= MessagePackCode.UInt8 and <= MessagePackCode.Int64)
        {
            // The four unsigned codes, then the four signed ones, each of 1, 2, 4 and 8 bytes.
            operandBytes = 1 << ((code - MessagePackCode.UInt8) & 3);
            if (RemainingBytes <= operandBytes)
            {
                return MessagePackStatus.Truncated;
            }

            bits = ReadBigEndian(_bytes.Slice(_position + 1, operandBytes));
            if (code >= MessagePackCode.Int8)
            {
                int unusedBits = 64 - (8 * operandBytes);
                long signed = (long)(bits << unusedBits) >> unusedBits;
                isNegative = signed < 0;
                bits = unchecked((ulong)signed);
            }
        }
        else
        {
            return MessagePackStatus.Mismatch;
        }

        if (isNegative ? unchecked((long)bits) < min : bits > max)
        {
            return MessagePackStatus.Mismatch;
        }

        _position += 1 + operandBytes;
        return MessagePackStatus.Done;
    }

    private static ulong ReadBigEndian(ReadOnlySpan<byte> operand) => operand.Length switch
    {
        1 => operand[0],
        2 => BinaryPrimitives.ReadUInt16BigEndian(operand),
        4 => BinaryPrimitives.ReadUInt32BigEndian(operand),
        _ => BinaryPrimitives.ReadUInt64BigEndian(operand),
    };
}
