using ChannelD.Events;
using ChannelD.Gateway;
using Microsoft.Extensions.Logging.Abstractions;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.CPrograms;
using Shared.Protocol.Messages.Events;
using Shared.Protocol.Messages.Links;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;

namespace ChannelD.Tests.Events;

/// <summary>What comes in the control mailbox: reports, and all else.</summary>
public sealed class ReportReceiverTests : IDeliveryReports, IFrameReceiver
{
    private readonly FrameCodec _codec = WireCodecs.For(WireFormat.MessagePack);
    private readonly List<(ulong ChatGeneration, DeliveryReport Report)> _reports = [];
    private int _others;

    [Fact]
    public void OnFrame_Report_IsTaken()
    {
        var report = new DeliveryReport(3, 0xD1, 9, DeliveryStatus.Taken);
        Receive(MessageKind.Control, 0xC1, report);
        Assert.Equal([(0xC1UL, report)], _reports);
        Assert.Equal(0, _others);
    }

    [Fact]
    public void OnFrame_AllElse_IsHandedOn()
    {
        Receive(MessageKind.Control, 0xC1, new Greeting(3, 1, 0));
        Receive(MessageKind.Control, 0, new DeliveryReport(3, 0xD1, 9, DeliveryStatus.Taken));
        Receive(MessageKind.Event, 0xC1, new DeliveryReport(3, 0xD1, 9, DeliveryStatus.Taken));
        Receive([1, 2, 3]);
        Assert.Empty(_reports);
        Assert.Equal(4, _others);
    }

    void IDeliveryReports.OnReport(ulong chatGeneration, in DeliveryReport report) => _reports.Add((chatGeneration, report));

    void IFrameReceiver.OnFrame(ReadOnlySpan<byte> frame) => _others++;

    void IFrameReceiver.OnReset()
    {
    }

    private void Receive<T>(MessageKind kind, ulong generation, in T message)
        where T : IWireMessage<T>
    {
        using var frame = new PooledBuffer();
        _codec.Write(new Envelope { Kind = kind, Generation = generation }, message, frame);
        Receive(frame.WrittenSpan);
    }

    private void Receive(ReadOnlySpan<byte> frame)
    {
        using var control = new ControlDispatcher(_codec, this, NullLogger<ControlDispatcher>.Instance);
        control.Handle(MessageTypes.DeliveryReport, new ReportReceiver(this));
        control.OnFrame(frame);
    }
}
