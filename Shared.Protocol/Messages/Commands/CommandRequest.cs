using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Commands;

/// <summary>A line that a player typed, for channelD to run. The session is the envelope's user id.</summary>
/// <param name="Line">The whole line as typed, without its end.</param>
public readonly record struct CommandRequest(string Line) : IWireMessage<CommandRequest>
{
    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.CommandRequest;

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(2);
        writer.Write(TypeNumber);
        writer.Write(Line);
    }

    /// <inheritdoc/>
    public static CommandRequest Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        string line = fields.NextString(ref reader);
        fields.End(ref reader);
        return new CommandRequest(line);
    }
}
