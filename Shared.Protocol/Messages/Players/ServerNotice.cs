using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Players;

/// <summary>chatD itself has something to say, for example that it stops.</summary>
/// <param name="Code">What, as a code.</param>
/// <param name="Text">What, in the session's language.</param>
public readonly record struct ServerNotice(string Code, string Text) : IWireMessage<ServerNotice>
{
    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.ServerNotice;

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(3);
        writer.Write(TypeNumber);
        writer.Write(Code);
        writer.Write(Text);
    }

    /// <inheritdoc/>
    public static ServerNotice Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        string code = fields.NextString(ref reader);
        string text = fields.NextString(ref reader);
        fields.End(ref reader);
        return new ServerNotice(code, text);
    }
}
