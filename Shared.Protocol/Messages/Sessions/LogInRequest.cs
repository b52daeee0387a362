using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Sessions;

/// <summary>A player's character enters the game. The session is the envelope's user id.</summary>
/// <param name="Name">The character's name in its display form.</param>
/// <param name="Channel">The channel to enter, from 1.</param>
/// <param name="Map">The map to enter.</param>
/// <param name="Key">The player's secret, by which a game master shows who he is; null for none.</param>
/// <param name="IsReturn">
/// Whether the session has been in the game already: it moves, or is announced again. Then a game master is hidden where nobody knows whether he was:
/// nobody is to see him who should not. Travels with a key only.
/// </param>
public readonly record struct LogInRequest(string Name, int Channel, string Map, string? Key = null, bool IsReturn = false) : IWireMessage<LogInRequest>
{
    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.LogInRequest;

    /// <summary>Without the key: a log must never have it.</summary>
    public override string ToString() => $"{nameof(LogInRequest)} {{ {Name}, {Channel}, {Map} }}";

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(Key is null ? 4 : IsReturn ? 6 : 5);
        writer.Write(TypeNumber);
        writer.Write(Name);
        writer.Write(Channel);
        writer.Write(Map);
        if (Key is not null)
        {
            writer.Write(Key);
            if (IsReturn)
            {
                writer.Write(true);
            }
        }
    }

    /// <inheritdoc/>
    public static LogInRequest Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        string name = fields.NextString(ref reader);
        int channel = fields.NextInt32(ref reader);
        string map = fields.NextString(ref reader);
        string? key = fields.Next() ? reader.ReadString() : null;
        bool isReturn = fields.Next() && reader.ReadBoolean();
        fields.End(ref reader);
        return new LogInRequest(name, channel, map, key, isReturn);
    }
}
