using Shared.Protocol.Messages.Events;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;

namespace ChatD.Events;

/// <summary>
/// Tells channelDs what became of what they pushed. A report for which there is no room is not repeated: whoever waits for it has a deadline.
/// </summary>
/// <param name="transport">Carries reports. Not owned.</param>
/// <param name="codec">The wire.</param>
/// <param name="generation">The own generation.</param>
/// <param name="chatInstance">The own number.</param>
internal sealed class ReportSender(ITransport transport, FrameCodec codec, ulong generation, int chatInstance)
{
    /// <summary>The generation of this chatD.</summary>
    public ulong Generation { get; } = generation;

    /// <summary>Sends one.</summary>
    public void Send(int channelInstance, ulong channelGeneration, ulong deliveryId, DeliveryStatus status)
    {
        using var frame = new PooledBuffer(64);
        var report = new DeliveryReport(chatInstance, channelGeneration, deliveryId, status);
        codec.Write(new Envelope { Kind = MessageKind.Control, Generation = Generation }, report, frame);
        _ = transport.TrySend(new Mailbox(MailboxKind.Control, channelInstance), frame.WrittenSpan);
    }
}
