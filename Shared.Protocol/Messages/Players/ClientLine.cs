using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Players;

/// <summary>A line that the player typed.</summary>
/// <param name="LineId">
/// The client's own number for the line, returned in its result. In a session that can be resumed lines count from 1 without a gap.
/// </param>
/// <param name="Text">The line, without its end.</param>
/// <param name="LastAnsweredLineId">The line whose result the client has received last: results up to it need not be kept for a resume.</param>
/// <param name="LastEventNumber">The number of the last event that the client has; the same for events. 0 for none.</param>
public readonly record struct ClientLine(
    ulong LineId, string Text, ulong LastAnsweredLineId = 0, ulong LastEventNumber = 0) : IWireMessage<ClientLine>
{
    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.ClientLine;

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(LastEventNumber > 0 ? 5 : 4);
        writer.Write(TypeNumber);
        writer.Write(LineId);
        writer.Write(Text);
        writer.Write(LastAnsweredLineId);
        if (LastEventNumber > 0)
        {
            writer.Write(LastEventNumber);
        }
    }

    /// <inheritdoc/>
    public static ClientLine Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        ulong lineId = fields.NextUInt64(ref reader);
        string text = fields.NextString(ref reader);
        ulong lastAnsweredLineId = fields.NextUInt64(ref reader);
        ulong lastEventNumber = fields.NextUInt64(ref reader);
        fields.End(ref reader);
        return new ClientLine(lineId, text, lastAnsweredLineId, lastEventNumber);
    }
}
