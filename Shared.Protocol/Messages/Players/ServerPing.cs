using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Players;

/// <summary>Asks the client for a <see cref="ClientPong"/>: silence means that the connection is dead.</summary>
public readonly record struct ServerPing : IWireMessage<ServerPing>
{
    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.ServerPing;

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(1);
        writer.Write(TypeNumber);
    }

    /// <inheritdoc/>
    public static ServerPing Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        fields.End(ref reader);
        return new ServerPing();
    }
}
