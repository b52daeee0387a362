using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Shared.Protocol.Wire.MessagePack;

/// <content>Strings, bytes and the headers of arrays and maps.</content>
public ref partial struct MessagePackReader
{
    // Names, codes and arguments are shorter; a longer string is worth a second pass.
    private const int MaxStackChars = 128;

    /// <summary>Reads a string, or null for nil.</summary>
    /// <exception cref="MessagePackSerializationException">Another value is next, it is cut off, or is not UTF-8.</exception>
    public string? ReadString()
    {
        byte code = End ? MessagePackCode.NeverUsed : _bytes[_position];
        switch (code)
        {
            case MessagePackCode.Nil:
                _position++;
                return null;
            case MessagePackCode.FixStr:
                // A frame can hold as many of these as it has bytes.
                _position++;
                return string.Empty;
            default:
                return ReadText();
        }
    }

    /// <summary>Reads a string, or null for nil, that is one of a few: of a short one that was there before the same object is returned.</summary>
    /// <inheritdoc cref="ReadString" path="/exception"/>
    public string? ReadRecurringString()
    {
        MessagePackReader ahead = this;
        if (ahead.TryReadBlock(MessagePackCode.FixStr, MessagePackCode.MaxFixStrBytes, MessagePackCode.Str8, out ReadOnlySpan<byte> utf8) != MessagePackStatus.Done
            || utf8.Length is 0 or > RecurringTexts.MaxBytes)
        {
            return ReadString();
        }

        string? text = RecurringTexts.Find(utf8);
        if (text is null)
        {
            text = ReadText();
            RecurringTexts.Add(utf8, text);
        }
        else
        {
            _position = ahead._position;
        }

        return text;
    }

    /// <summary>Reads a string as its bytes, which are UTF-8 and lie in what is read. Nil is refused.</summary>
    /// <inheritdoc cref="ReadString" path="/exception"/>
    public ReadOnlySpan<byte> ReadStringSpan()
    {
        int start = _position;
        ReadOnlySpan<byte> utf8 = ReadStringBlock();
        CheckUtf8(utf8, start);
        return utf8;
    }

    /// <summary>Reads bytes (<c>bin</c>), which lie in what is read.</summary>
    /// <inheritdoc cref="ReadByte" path="/exception"/>
    public ReadOnlySpan<byte> ReadBytesSpan()
    {
        Check(TryReadBytesSpan(out ReadOnlySpan<byte> bytes), "Bytes");
        return bytes;
    }

    /// <summary>Reads the header of an array. So many elements are announced, and at least so many bytes remain.</summary>
    /// <inheritdoc cref="ReadByte" path="/exception"/>
    public int ReadArrayHeader()
    {
        Check(TryReadArrayHeader(out int count), "An array");
        return count;
    }

    /// <summary>Reads the header of a map. So many entries are announced, and at least twice as many bytes remain.</summary>
    /// <inheritdoc cref="ReadByte" path="/exception"/>
    public int ReadMapHeader()
    {
        Check(TryReadCount(MessagePackCode.FixMap, MessagePackCode.Map16, bytesPerElement: 2, out int count), "A map");
        return count;
    }

    internal MessagePackStatus TryReadArrayHeader(out int count) =>
        TryReadCount(MessagePackCode.FixArray, MessagePackCode.Array16, bytesPerElement: 1, out count);

    // Bytes have no one-byte header: the codes below their first are those of other things.
    internal MessagePackStatus TryReadBytesSpan(out ReadOnlySpan<byte> bytes) =>
        TryReadBlock(MessagePackCode.Bin8, -1, MessagePackCode.Bin8, out bytes);

    // Without clearing the room for characters, of which only those are looked at that were written.
    [SkipLocalsInit]
    private string ReadText()
    {
        int start = _position;
        ReadOnlySpan<byte> utf8 = ReadStringBlock();
        if (utf8.Length > MaxStackChars)
        {
            CheckUtf8(utf8, start);
            return Encoding.UTF8.GetString(utf8);
        }

        // Checked and turned into characters in one pass; there are never more characters than bytes.
        Span<char> chars = stackalloc char[MaxStackChars];
        if (Utf8.ToUtf16(utf8, chars, out _, out int count, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            ThrowNotUtf8(start);
        }

        return new string(chars[..count]);
    }

    private static void CheckUtf8(ReadOnlySpan<byte> utf8, int start)
    {
        if (!Utf8.IsValid(utf8))
        {
            ThrowNotUtf8(start);
        }
    }

    [DoesNotReturn]
    private static void ThrowNotUtf8(int start) => throw new MessagePackSerializationException($"The string at byte {start} is not UTF-8.");

    private ReadOnlySpan<byte> ReadStringBlock()
    {
        Check(TryReadBlock(MessagePackCode.FixStr, MessagePackCode.MaxFixStrBytes, MessagePackCode.Str8, out ReadOnlySpan<byte> utf8), "A string");
        return utf8;
    }

    private MessagePackStatus TryReadCount(byte fixCode, byte code16, int bytesPerElement, out int count)
    {
        count = 0;
        if (End)
        {
            return MessagePackStatus.Truncated;
        }

        int lengthBytes = 0;
        byte code = _bytes[_position];
        if (code >= fixCode && code <= fixCode + MessagePackCode.MaxFixCount)
        {
            count = code - fixCode;
        }
        else if (code == code16 || code == code16 + 1)
        {
            lengthBytes = 2 << (code - code16);
        }
        else
        {
            return MessagePackStatus.Mismatch;
        }

        return TryTakeHeader(lengthBytes, bytesPerElement, ref count);
    }

    private MessagePackStatus TryReadBlock(byte fixCode, int maxFixLength, byte code8, out ReadOnlySpan<byte> block)
    {
        block = default;
        if (End)
        {
            return MessagePackStatus.Truncated;
        }

        int lengthBytes = 0;
        int length = 0;
        byte code = _bytes[_position];
        if (code >= code8 && code <= code8 + 2)
        {
            lengthBytes = 1 << (code - code8);
        }
        else if (code >= fixCode && code <= fixCode + maxFixLength)
        {
            length = code - fixCode;
        }
        else
        {
            return MessagePackStatus.Mismatch;
        }

        MessagePackStatus status = TryTakeHeader(lengthBytes, bytesPerElement: 1, ref length);
        if (status == MessagePackStatus.Done)
        {
            block = _bytes.Slice(_position, length);
            _position += length;
        }

        return status;
    }

    /// <summary>Moves behind a header whose code is at the position, if what it announces can be there at all.</summary>
    /// <param name="lengthBytes">The bytes of the length behind the code; with 0, <paramref name="length"/> is known already.</param>
    /// <param name="bytesPerElement">The least bytes of one announced element.</param>
    /// <param name="length">What is announced.</param>
    private MessagePackStatus TryTakeHeader(int lengthBytes, int bytesPerElement, ref int length)
    {
        int remainingBytes = RemainingBytes - 1 - lengthBytes;
        if (remainingBytes < 0)
        {
            return MessagePackStatus.Truncated;
        }

        ulong announced = lengthBytes == 0 ? (ulong)length : ReadBigEndian(_bytes.Slice(_position + 1, lengthBytes));
        if (announced * (ulong)bytesPerElement > (ulong)remainingBytes)
        {
            return MessagePackStatus.Truncated;
        }

        length = (int)announced;
        _position += 1 + lengthBytes;
        return MessagePackStatus.Done;
    }
}
