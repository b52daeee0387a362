using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Sessions;

/// <summary>The character is in the game.</summary>
/// <param name="Name">The name as the directory holds it (NFC).</param>
/// <param name="Channel">The channel entered.</param>
/// <param name="Map">The map entered.</param>
public readonly record struct LogInResult(string Name, int Channel, string Map) : IWireMessage<LogInResult>
{
    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.LogInResult;

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
    public static LogInResult Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        string name = fields.NextString(ref reader);
        int channel = fields.NextInt32(ref reader);
        string map = fields.NextString(ref reader);
        fields.End(ref reader);
        return new LogInResult(name, channel, map);
    }
}
