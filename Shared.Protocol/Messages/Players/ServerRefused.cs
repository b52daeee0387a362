using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Players;

/// <summary>The log-in was refused, or the session is ended; the connection closes after this frame.</summary>
/// <param name="Code">Why, as a code.</param>
/// <param name="Text">Why, in the session's language.</param>
public readonly record struct ServerRefused(string Code, string Text) : IWireMessage<ServerRefused>
{
    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.ServerRefused;

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(3);
        writer.Write(TypeNumber);
        writer.Write(Code);
        writer.Write(Text);
    }

    /// <inheritdoc/>
    public static ServerRefused Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        string code = fields.NextString(ref reader);
        string text = fields.NextString(ref reader);
        fields.End(ref reader);
        return new ServerRefused(code, text);
    }
}
