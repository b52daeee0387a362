using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Requests;

/// <summary>Stands for the message of a result that has none.</summary>
internal readonly record struct NoMessage : IWireMessage<NoMessage>
{
    /// <inheritdoc/>
    public static int TypeNumber => 0;

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer) => writer.WriteNil();

    /// <inheritdoc/>
    public static NoMessage Read(ref MessagePackReader reader)
    {
        reader.Skip();
        return default;
    }
}
