using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Links;

/// <summary>A chatD shows a channelD that it lives: at its start, and as a heartbeat. Its generation is the envelope's.</summary>
/// <param name="ChatInstance">The chatD's number.</param>
/// <param name="IpcNamespace">The inode of the sender's IPC namespace; 0 where unknown.</param>
/// <param name="KnownChannelGeneration">The generation of channelD that the sender has met; 0 for none yet.</param>
public readonly record struct Greeting(int ChatInstance, ulong IpcNamespace, ulong KnownChannelGeneration) : IWireMessage<Greeting>
{
    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.Greeting;

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(4);
        writer.Write(TypeNumber);
        writer.Write(ChatInstance);
        writer.Write(IpcNamespace);
        writer.Write(KnownChannelGeneration);
    }

    /// <inheritdoc/>
    public static Greeting Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        int chatInstance = fields.NextInt32(ref reader);
        ulong ipcNamespace = fields.NextUInt64(ref reader);
        ulong knownChannelGeneration = fields.NextUInt64(ref reader);
        fields.End(ref reader);
        return new Greeting(chatInstance, ipcNamespace, knownChannelGeneration);
    }
}
