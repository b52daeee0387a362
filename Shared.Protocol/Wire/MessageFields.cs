using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Wire;

/// <summary>
/// Reads the fields of one message in order: checks its type number, knows which trailing fields are absent, and skips those
/// that a later version added. <c>Begin</c> first, then each field behind <see cref="Next"/>, <c>End</c> last.
/// </summary>
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

    /// <summary>Whether another field is there; counts it as read.</summary>
    public bool Next() => _remaining-- > 0;

    /// <summary>Skips the fields that were not asked for.</summary>
    public void End(ref MessagePackReader reader)
    {
        for (; _remaining > 0; _remaining--)
        {
            reader.Skip();
        }
    }
}
