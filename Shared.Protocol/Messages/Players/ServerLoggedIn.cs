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
        int sessionId = fields.Next() ? reader.ReadInt32() : 0;
        string name = fields.Next() ? reader.ReadString() ?? string.Empty : string.Empty;
        int channel = fields.Next() ? reader.ReadInt32() : 0;
        string map = fields.Next() ? reader.ReadString() ?? string.Empty : string.Empty;
        string text = fields.Next() ? reader.ReadString() ?? string.Empty : string.Empty;
        fields.End(ref reader);
        return new ServerLoggedIn(sessionId, name, channel, map, text);
    }
}
