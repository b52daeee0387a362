namespace Shared.Protocol.Wire.MessagePack;

/// <summary>Lists of strings, which many messages have.</summary>
public static class MessagePackStrings
{
    /// <summary>Writes an array of strings.</summary>
    public static void WriteStrings(this ref MessagePackWriter writer, IReadOnlyList<string> values)
    {
        writer.WriteArrayHeader(values.Count);
        for (int i = 0; i < values.Count; i++)
        {
            writer.Write(values[i]);
        }
    }

    /// <summary>Reads an array of strings; nil among them becomes an empty string.</summary>
    public static IReadOnlyList<string> ReadStrings(this ref MessagePackReader reader)
    {
        int count = reader.ReadArrayHeader();
        if (count == 0)
        {
            return [];
        }

        string[] values = MessagePackLists.Begin<string>(count);
        for (int i = 0; i < count; i++)
        {
            MessagePackLists.Grow(ref values, i, count);
            values[i] = reader.ReadString() ?? string.Empty;
        }

        return values;
    }
}
