using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Shared.Protocol.Wire.MessagePack;

/// <content>Strings, bytes, headers, and values that are encoded already.</content>
public ref partial struct MessagePackWriter
{
    private const int MaxHeaderBytes = 5;

    // A UTF-16 unit becomes at most three bytes, so that a string up to here surely has a header of one byte.
    private const int MaxShortChars = MessagePackCode.MaxFixStrBytes / 3;

    /// <summary>Writes a string as UTF-8, or nil for null.</summary>
    /// <exception cref="ArgumentException">It has a lone surrogate. It is not replaced: a changed line would be another command.</exception>
    public void Write(string? value)
    {
        if (value is null)
        {
            WriteNil();
            return;
        }

        if (value.Length <= MaxShortChars)
        {
            Span<byte> span = Reserve(1 + MessagePackCode.MaxFixStrBytes);
            int bytes = Encode(value, span[1..]);
            span[0] = (byte)(MessagePackCode.FixStr | bytes);
            _usedBytes += 1 + bytes;
            return;
        }

        int byteCount = Encoding.UTF8.GetByteCount(value);
        WriteStringHeader(byteCount);
        _usedBytes += Encode(value, _span[_usedBytes..]);
    }

    /// <summary>Writes a string that is UTF-8 already.</summary>
    /// <exception cref="ArgumentException">It is not UTF-8.</exception>
    public void WriteString(scoped ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
        {
            ThrowNotText(nameof(utf8));
        }

        WriteStringHeader(utf8.Length);
        Append(utf8);
    }

    /// <summary>Writes bytes (<c>bin</c>).</summary>
    public void Write(scoped ReadOnlySpan<byte> bytes)
    {
        WriteBinHeader(bytes.Length, bytes.Length);
        Append(bytes);
    }

    /// <summary>Writes the header of bytes that the caller appends with <see cref="WriteRaw"/>.</summary>
    public void WriteBinHeader(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        WriteBinHeader(length, 0);
    }

    /// <summary>Appends bytes as they are: whole MessagePack values, or what a header announced.</summary>
    public void WriteRaw(scoped ReadOnlySpan<byte> rawMessagePackBlock)
    {
        _ = Reserve(rawMessagePackBlock.Length);
        Append(rawMessagePackBlock);
    }

    /// <summary>Writes the header of an array; its elements follow.</summary>
    public void WriteArrayHeader(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        WriteCountHeader(MessagePackCode.FixArray, MessagePackCode.Array16, count);
    }

    /// <summary>Writes the header of a map; <paramref name="count"/> keys, each followed by its value, come after it.</summary>
    public void WriteMapHeader(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        WriteCountHeader(MessagePackCode.FixMap, MessagePackCode.Map16, count);
    }

    private void WriteCountHeader(byte fixCode, byte code16, int count)
    {
        Span<byte> span = Reserve(MaxHeaderBytes);
        if (count <= MessagePackCode.MaxFixCount)
        {
            span[0] = (byte)(fixCode | count);
            _usedBytes += 1;
            return;
        }

        WriteWideHeader(span, code16, count);
    }

    /// <summary>Writes the header, and makes room for the string behind it.</summary>
    private void WriteStringHeader(int length)
    {
        Span<byte> span = Reserve(MaxHeaderBytes + length);
        if (length <= MessagePackCode.MaxFixStrBytes)
        {
            span[0] = (byte)(MessagePackCode.FixStr | length);
            _usedBytes += 1;
            return;
        }

        WriteLengthHeader(span, MessagePackCode.Str8, length);
    }

    private void WriteBinHeader(int length, int followingBytes) =>
        WriteLengthHeader(Reserve(MaxHeaderBytes + followingBytes), MessagePackCode.Bin8, length);

    /// <summary>A length in one, two or four bytes; the codes of the three stand next to each other.</summary>
    private void WriteLengthHeader(Span<byte> span, byte code8, int length)
    {
        if (length <= byte.MaxValue)
        {
            span[0] = code8;
            span[1] = (byte)length;
            _usedBytes += 2;
            return;
        }

        WriteWideHeader(span, (byte)(code8 + 1), length);
    }

    private void WriteWideHeader(Span<byte> span, byte code16, int value)
    {
        if (value <= ushort.MaxValue)
        {
            span[0] = code16;
            BinaryPrimitives.WriteUInt16BigEndian(span[1..], (ushort)value);
            _usedBytes += 3;
            return;
        }

        span[0] = (byte)(code16 + 1);
        BinaryPrimitives.WriteInt32BigEndian(span[1..], value);
        _usedBytes += 5;
    }

    private void Append(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_span[_usedBytes..]);
        _usedBytes += bytes.Length;
    }

    private static int Encode(string value, Span<byte> span)
    {
        OperationStatus status = Utf8.FromUtf16(value, span, out _, out int bytesWritten, replaceInvalidSequences: false);
        if (status != OperationStatus.Done)
        {
            ThrowNotText(nameof(value));
        }

        return bytesWritten;
    }

    [DoesNotReturn]
    private static void ThrowNotText(string parameter) =>
        throw new ArgumentException("The string is not well-formed Unicode text; it cannot be written as UTF-8.", parameter);
}
