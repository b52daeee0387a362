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
        // A header cannot announce more elements than there are bytes left, so this list is bounded by the frame.
        int count = reader.ReadArrayHeader();
        if (count == 0)
        {
            return [];
        }

        var values = new string[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = reader.ReadString() ?? string.Empty;
        }

        return values;
    }
}
