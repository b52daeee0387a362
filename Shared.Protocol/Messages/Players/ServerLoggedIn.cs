using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Players;

/// <summary>The log-in succeeded.</summary>
/// <param name="SessionId">The session's number at this chatD.</param>
/// <param name="Name">The character's name as the server holds it.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Map">The map.</param>
/// <param name="Text">A line of greeting in the session's language.</param>
public readonly record struct ServerLoggedIn(int SessionId, string Name, int Channel, string Map, string Text) : IWireMessage<ServerLoggedIn>
{
    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.ServerLoggedIn;

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(6);
        writer.Write(TypeNumber);
        writer.Write(SessionId);
        writer.Write(Name);
        writer.Write(Channel);
        writer.Write(Map);
        writer.Write(Text);
    }

    /// <inheritdoc/>
    public static ServerLoggedIn Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        int sessionId = fields.NextInt32(ref reader);
        string name = fields.NextString(ref reader);
        int channel = fields.NextInt32(ref reader);
        string map = fields.NextString(ref reader);
        string text = fields.NextString(ref reader);
        fields.End(ref reader);
        return new ServerLoggedIn(sessionId, name, channel, map, text);
    }
}
