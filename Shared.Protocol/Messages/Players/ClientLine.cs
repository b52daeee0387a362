using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Players;

/// <summary>A line that the player typed.</summary>
/// <param name="LineId">The client's own number for the line, returned in its result.</param>
/// <param name="Text">The line, without its end.</param>
public readonly record struct ClientLine(ulong LineId, string Text) : IWireMessage<ClientLine>
{
    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.ClientLine;

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(3);
        writer.Write(TypeNumber);
        writer.Write(LineId);
        writer.Write(Text);
    }

    /// <inheritdoc/>
    public static ClientLine Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        ulong lineId = fields.NextUInt64(ref reader);
        string text = fields.NextString(ref reader);
        fields.End(ref reader);
        return new ClientLine(lineId, text);
    }
}
