using System.Buffers.Binary;

namespace System.Tests.Operations;

/// <summary>As much of protobuf as is needed to see what was sent by OTLP: the fields of one message, in order.</summary>
internal static class Proto
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;
    private const int Fixed32 = 5;

    /// <summary>The fields of a message: their numbers, and their bytes or values.</summary>
    public static IEnumerable<(int Number, ReadOnlyMemory<byte> Bytes, ulong Value)> Fields(ReadOnlyMemory<byte> message)
    {
        while (message.Length > 0)
        {
            ulong key = ReadVarint(ref message);
            int number = (int)(key >> 3);
            switch ((int)(key & 7))
            {
                case Varint:
                    yield return (number, default, ReadVarint(ref message));
                    break;
                case Fixed64:
                    yield return (number, default, BinaryPrimitives.ReadUInt64LittleEndian(message.Span));
                    message = message[sizeof(ulong)..];
                    break;
                case Fixed32:
                    yield return (number, default, BinaryPrimitives.ReadUInt32LittleEndian(message.Span));
                    message = message[sizeof(uint)..];
                    break;
                case Bytes:
                    int length = (int)ReadVarint(ref message);
                    yield return (number, message[..length], 0);
                    message = message[length..];
                    break;
                default:
                    throw new InvalidDataException($"Field {number} has the wire type {key & 7}.");
            }
        }
    }

    /// <summary>The messages or strings in a field.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Of(ReadOnlyMemory<byte> message, int number) =>
        Fields(message).Where(field => field.Number == number).Select(field => field.Bytes);

    private static ulong ReadVarint(ref ReadOnlyMemory<byte> message)
    {
        ulong value = 0;
        int length = 0;
        byte part;
        do
        {
            part = message.Span[length];
            value |= (ulong)(part & 0x7f) << (7 * length++);
        }
        while (part >= 0x80);
        message = message[length..];
        return value;
    }
}
