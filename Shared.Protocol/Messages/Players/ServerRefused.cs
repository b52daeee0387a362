using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Players;

/// <summary>The log-in was refused, or the session is ended; the connection closes after this frame.</summary>
/// <param name="Code">Why, as a code.</param>
/// <param name="Text">Why, in the session's language.</param>
/// <param name="LastReceivedLineId">
/// The last line that was read; null where that is not told. Whatever was sent behind it was surely not run, and may be sent again in another session.
/// </param>
public readonly record struct ServerRefused(string Code, string Text, ulong? LastReceivedLineId = null) : IWireMessage<ServerRefused>
{
    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.ServerRefused;

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(LastReceivedLineId is null ? 3 : 4);
        writer.Write(TypeNumber);
        writer.Write(Code);
        writer.Write(Text);
        if (LastReceivedLineId is { } lineId)
        {
            writer.Write(lineId);
        }
    }

    /// <inheritdoc/>
    public static ServerRefused Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        string code = fields.NextString(ref reader);
        string text = fields.NextString(ref reader);
        ulong? lastReceivedLineId = fields.Next() ? reader.ReadUInt64() : null;
        fields.End(ref reader);
        return new ServerRefused(code, text, lastReceivedLineId);
    }
}
