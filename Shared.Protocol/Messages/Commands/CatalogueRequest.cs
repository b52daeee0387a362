using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Commands;

/// <summary>Asks a channelD for the texts of all its commands.</summary>
public readonly record struct CatalogueRequest : IWireMessage<CatalogueRequest>
{
    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.CatalogueRequest;

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(1);
        writer.Write(TypeNumber);
    }

    /// <inheritdoc/>
    public static CatalogueRequest Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        fields.End(ref reader);
        return new CatalogueRequest();
    }
}
