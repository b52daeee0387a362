using Shared.Protocol.Transport;

namespace ChannelD.Tests.Presence;

/// <summary>One process's side of a <see cref="SimNet"/>.</summary>
internal sealed class SimTransport(SimNet net, SimChannel channel) : ITransport
{
    public TransportLimits Limits => SimNet.Limits;

    public SendStatus TrySend(Mailbox to, ReadOnlySpan<byte> frame) => net.Send(channel, to, frame.ToArray());

    public void StartReading(Mailbox mailbox, IFrameReceiver receiver) => throw new NotSupportedException();

    public void ReplaceReader(Mailbox mailbox) => throw new NotSupportedException();

    public long GetIncarnation(DaemonClaim daemon) => net.IncarnationOf(daemon.Instance);

    public int Discard(DaemonClaim reader, long incarnation) => net.Discard(reader.Instance, incarnation);

    public MailboxDepth GetDepth(Mailbox mailbox) => net.Depth;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
