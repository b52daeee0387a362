using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Wire;

/// <summary>
/// Reads the fields of one message in order: checks its type number, knows which trailing fields are absent, and skips those
/// that a later version added. <see cref="Begin"/> first, then the fields in order, <see cref="End"/> last.
/// </summary>
/// <remarks>An absent field reads as 0, an empty string or an empty list; so does nil in the place of a string.</remarks>
public struct MessageFields
{
    private int _remaining;

    /// <summary>Reads the array header and the type number.</summary>
    /// <exception cref="MessagePackSerializationException">It is not a message of that type.</exception>
    public static MessageFields Begin(ref MessagePackReader reader, int typeNumber)
    {
        int count = reader.ReadArrayHeader();
        int found = count > 0 ? reader.ReadInt32() : 0;
        return found == typeNumber
            ? new MessageFields { _remaining = count - 1 }
            : throw new MessagePackSerializationException($"A message of type {typeNumber} was expected, type {found} was found.");
    }

    /// <summary>Whether another field is there; it then counts as read, and the caller reads it.</summary>
    public bool Next() => _remaining-- > 0;

    /// <summary>The next field, an integer of 32 bits.</summary>
    public int NextInt32(ref MessagePackReader reader) => Next() ? reader.ReadInt32() : 0;

    /// <summary>The next field, an integer of 64 bits that is not negative.</summary>
    public ulong NextUInt64(ref MessagePackReader reader) => Next() ? reader.ReadUInt64() : 0;

    /// <summary>The next field, a string.</summary>
    public string NextString(ref MessagePackReader reader) => Next() ? reader.ReadString() ?? string.Empty : string.Empty;

    /// <summary>The next field, a string that is one of a few, such as a code.</summary>
    public string NextRecurringString(ref MessagePackReader reader) => Next() ? reader.ReadRecurringString() ?? string.Empty : string.Empty;

    /// <summary>The next field, an array of strings.</summary>
    public IReadOnlyList<string> NextStrings(ref MessagePackReader reader) => Next() ? reader.ReadStrings() : [];

    /// <summary>The next field, an array of integers of 32 bits.</summary>
    public IReadOnlyList<int> NextInt32s(ref MessagePackReader reader) => Next() ? reader.ReadInt32s() : [];

    /// <summary>Skips the fields that were not asked for.</summary>
    public void End(ref MessagePackReader reader)
    {
        for (; _remaining > 0; _remaining--)
        {
            reader.Skip();
        }
    }
}
