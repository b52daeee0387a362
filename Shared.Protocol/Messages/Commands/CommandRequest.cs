using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Commands;

/// <summary>A line that a player typed, for channelD to run. The session is the envelope's user id.</summary>
/// <param name="Line">The whole line as typed, without its end.</param>
/// <param name="LastWhisperFrom">Who whispered to the session last, as its chatD has delivered it; null for nobody.</param>
public readonly record struct CommandRequest(string Line, string? LastWhisperFrom = null) : IWireMessage<CommandRequest>
{
    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.CommandRequest;

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(LastWhisperFrom is null ? 2 : 3);
        writer.Write(TypeNumber);
        writer.Write(Line);
        if (LastWhisperFrom is not null)
        {
            writer.Write(LastWhisperFrom);
        }
    }

    /// <inheritdoc/>
    public static CommandRequest Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        string line = fields.NextString(ref reader);
        string? lastWhisperFrom = fields.Next() ? reader.ReadString() : null;
        fields.End(ref reader);
        return new CommandRequest(line, lastWhisperFrom);
    }
}
