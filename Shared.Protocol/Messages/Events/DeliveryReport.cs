using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Events;

/// <summary>A chatD tells a channelD what became of an event. Goes to the control mailbox; the chatD's generation is the envelope's.</summary>
/// <param name="ChatInstance">The chatD's number.</param>
/// <param name="ChannelGeneration">The run of channelD that pushed the event.</param>
/// <param name="DeliveryId">The event's id.</param>
/// <param name="Status">What became of it.</param>
public readonly record struct DeliveryReport(int ChatInstance, ulong ChannelGeneration, ulong DeliveryId, DeliveryStatus Status) : IWireMessage<DeliveryReport>
{
    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.DeliveryReport;

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(5);
        writer.Write(TypeNumber);
        writer.Write(ChatInstance);
        writer.Write(ChannelGeneration);
        writer.Write(DeliveryId);
        writer.Write((int)Status);
    }

    /// <inheritdoc/>
    public static DeliveryReport Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        int chatInstance = fields.NextInt32(ref reader);
        ulong channelGeneration = fields.NextUInt64(ref reader);
        ulong deliveryId = fields.NextUInt64(ref reader);
        var status = (DeliveryStatus)fields.NextInt32(ref reader);
        fields.End(ref reader);
        return new DeliveryReport(chatInstance, channelGeneration, deliveryId, status);
    }
}
