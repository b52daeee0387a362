using ChannelD.Gateway;
using Shared.Protocol.Messages.Events;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace ChannelD.Events;

/// <summary>Takes chatDs' reports from the control mailbox.</summary>
/// <param name="reports">Takes them on.</param>
internal sealed class ReportReceiver(IDeliveryReports reports) : IControlReceiver
{
    /// <inheritdoc/>
    public void OnFrame(in Envelope envelope, ReadOnlySpan<byte> body)
    {
        var reader = new MessagePackReader(body);
        reports.OnReport(envelope.Generation, DeliveryReport.Read(ref reader));
    }

    /// <inheritdoc/>
    public void OnReset()
    {
        // Whoever waits for one has a deadline.
    }
}
