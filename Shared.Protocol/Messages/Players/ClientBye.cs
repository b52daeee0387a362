using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Players;

/// <summary>The client sends nothing more; chatD answers what is outstanding, then closes.</summary>
public readonly record struct ClientBye : IWireMessage<ClientBye>
{
    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.ClientBye;

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(1);
        writer.Write(TypeNumber);
    }

    /// <inheritdoc/>
    public static ClientBye Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        fields.End(ref reader);
        return new ClientBye();
    }
}
