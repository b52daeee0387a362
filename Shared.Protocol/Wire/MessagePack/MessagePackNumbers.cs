using System.Buffers.Binary;

namespace Shared.Protocol.Wire.MessagePack;

/// <summary>Lists of integers, such as those of sessions, and integers whose place in a frame has to be known.</summary>
public static class MessagePackNumbers
{
    /// <summary>Writes an integer in nine bytes, whatever its value: its last eight may be written over, big-endian.</summary>
    public static void WriteWholeUInt64(this ref MessagePackWriter writer, ulong value)
    {
        Span<byte> whole = stackalloc byte[1 + sizeof(ulong)];
        whole[0] = MessagePackCode.UInt64;
        BinaryPrimitives.WriteUInt64BigEndian(whole[1..], value);
        writer.WriteRaw(whole);
    }

    /// <summary>Writes an array of integers.</summary>
    public static void WriteInt32s(this ref MessagePackWriter writer, IReadOnlyList<int> values)
    {
        writer.WriteArrayHeader(values.Count);
        for (int i = 0; i < values.Count; i++)
        {
            writer.Write(values[i]);
        }
    }

    /// <summary>Reads an array of integers.</summary>
    public static IReadOnlyList<int> ReadInt32s(this ref MessagePackReader reader)
    {
        int count = reader.ReadArrayHeader();
        if (count == 0)
        {
            return [];
        }

        int[] values = MessagePackLists.Begin<int>(count);
        for (int i = 0; i < count; i++)
        {
            MessagePackLists.Grow(ref values, i, count);
            values[i] = reader.ReadInt32();
        }

        return values;
    }
}
