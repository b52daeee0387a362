using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Messages.Links;

/// <summary>
/// A chatD answers the farewell of a channelD: whatever it had asked has ended, and it asks nothing more. Until then the channelD goes on answering, so
/// that no request is left in the queue. The chatD's generation is the envelope's.
/// </summary>
/// <param name="ChatInstance">The chatD's number.</param>
/// <param name="ChannelGeneration">The generation of the channelD that takes its leave.</param>
public readonly record struct FarewellAnswer(int ChatInstance, ulong ChannelGeneration) : IWireMessage<FarewellAnswer>
{
    /// <inheritdoc/>
    public static int TypeNumber => MessageTypes.FarewellAnswer;

    /// <inheritdoc/>
    public void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(3);
        writer.Write(TypeNumber);
        writer.Write(ChatInstance);
        writer.Write(ChannelGeneration);
    }

    /// <inheritdoc/>
    public static FarewellAnswer Read(ref MessagePackReader reader)
    {
        MessageFields fields = MessageFields.Begin(ref reader, TypeNumber);
        int chatInstance = fields.NextInt32(ref reader);
        ulong channelGeneration = fields.NextUInt64(ref reader);
        fields.End(ref reader);
        return new FarewellAnswer(chatInstance, channelGeneration);
    }
}
