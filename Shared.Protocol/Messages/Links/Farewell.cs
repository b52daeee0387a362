using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Links;

/// <summary>The sender stops cleanly: all its sessions end, and nothing more comes from its generation.</summary>
/// <param name="Instance">The sender's instance number.</param>
public readonly record struct Farewell(int Instance) : IWireMessage<Farewell>
{
    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.Farewell;

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(2);
        writer.Write(TypeNumber);
        writer.Write(Instance);
    }

    /// <inheritdoc/>
    public static Farewell Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        int instance = fields.NextInt32(ref reader);
        fields.End(ref reader);
        return new Farewell(instance);
    }
}
