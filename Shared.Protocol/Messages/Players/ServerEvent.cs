using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Players;

/// <summary>Something happened that the player did not ask for.</summary>
/// <param name="Code">What, as a code.</param>
/// <param name="Text">What, in the session's language.</param>
/// <param name="Arguments">What fills the text's places, in order.</param>
public readonly record struct ServerEvent(string Code, string Text, IReadOnlyList<string> Arguments) : IWireMessage<ServerEvent>
{
    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.ServerEvent;

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(4);
        writer.Write(TypeNumber);
        writer.Write(Code);
        writer.Write(Text);
        writer.WriteStrings(Arguments);
    }

    /// <inheritdoc/>
    public static ServerEvent Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        string code = fields.NextString(ref reader);
        string text = fields.NextString(ref reader);
        IReadOnlyList<string> arguments = fields.NextStrings(ref reader);
        fields.End(ref reader);
        return new ServerEvent(code, text, arguments);
    }
}
