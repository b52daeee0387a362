using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Players;

/// <summary>Answers a <see cref="ServerPing"/>.</summary>
public readonly record struct ClientPong : IWireMessage<ClientPong>
{
    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.ClientPong;

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(1);
        writer.Write(TypeNumber);
    }

    /// <inheritdoc/>
    public static ClientPong Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        fields.End(ref reader);
        return new ClientPong();
    }
}
