using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Sessions;

/// <summary>A player's character enters the game. The session is the envelope's user id.</summary>
/// <param name="Name">The character's name in its display form.</param>
/// <param name="Channel">The channel to enter, from 1.</param>
/// <param name="Map">The map to enter.</param>
public readonly record struct LogInRequest(string Name, int Channel, string Map) : IWireMessage<LogInRequest>
{
    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.LogInRequest;

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(4);
        writer.Write(TypeNumber);
        writer.Write(Name);
        writer.Write(Channel);
        writer.Write(Map);
    }

    /// <inheritdoc/>
    public static LogInRequest Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        string name = fields.NextString(ref reader);
        int channel = fields.NextInt32(ref reader);
        string map = fields.NextString(ref reader);
        fields.End(ref reader);
        return new LogInRequest(name, channel, map);
    }
}
