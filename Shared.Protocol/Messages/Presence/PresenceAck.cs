using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Presence;

/// <summary>A channelD has taken a <see cref="PresenceUpdate"/>, or could not. Goes to the control mailbox; its sender's generation is the envelope's.</summary>
/// <param name="ChannelId">The channel of whoever acknowledges, from 1.</param>
/// <param name="Generation">The run of the channelD that sent the frame.</param>
/// <param name="Number">The frame's number.</param>
/// <param name="WantsSnapshot">Whether frames before it are missing, so that all has to be told again.</param>
public readonly record struct PresenceAck(int ChannelId, ulong Generation, ulong Number, bool WantsSnapshot) : IWireMessage<PresenceAck>
{
    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.PresenceAck;

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(5);
        writer.Write(TypeNumber);
        writer.Write(ChannelId);
        writer.Write(Generation);
        writer.Write(Number);
        writer.Write(WantsSnapshot);
    }

    /// <inheritdoc/>
    public static PresenceAck Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        int channelId = fields.NextInt32(ref reader);
        ulong generation = fields.NextUInt64(ref reader);
        ulong number = fields.NextUInt64(ref reader);
        bool wantsSnapshot = fields.Next() && reader.ReadBoolean();
        fields.End(ref reader);
        return new PresenceAck(channelId, generation, number, wantsSnapshot);
    }
}
