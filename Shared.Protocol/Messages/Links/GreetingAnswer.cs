using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Links;

/// <summary>A channelD answers a greeting. Its generation is the envelope's.</summary>
/// <param name="ChannelId">The channel, from 1.</param>
/// <param name="IpcNamespace">The inode of the sender's IPC namespace; 0 where unknown.</param>
/// <param name="ChatGeneration">The generation of chatD that is answered.</param>
/// <param name="Admission">How often this channelD has admitted a chatD; it changes when that chatD's sessions had to be forgotten.</param>
/// <param name="TakesBatches">Whether its request mailbox takes batches.</param>
public readonly record struct GreetingAnswer(int ChannelId, ulong IpcNamespace, ulong ChatGeneration, ulong Admission, bool TakesBatches) : IWireMessage<GreetingAnswer>
{
    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.GreetingAnswer;

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(TakesBatches ? 6 : 5);
        writer.Write(TypeNumber);
        writer.Write(ChannelId);
        writer.Write(IpcNamespace);
        writer.Write(ChatGeneration);
        writer.Write(Admission);
        if (TakesBatches)
        {
            writer.Write(true);
        }
    }

    /// <inheritdoc/>
    public static GreetingAnswer Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        int channelId = fields.NextInt32(ref reader);
        ulong ipcNamespace = fields.NextUInt64(ref reader);
        ulong chatGeneration = fields.NextUInt64(ref reader);
        ulong admission = fields.NextUInt64(ref reader);
        bool takesBatches = fields.Next() && reader.ReadBoolean();
        fields.End(ref reader);
        return new GreetingAnswer(channelId, ipcNamespace, chatGeneration, admission, takesBatches);
    }
}
