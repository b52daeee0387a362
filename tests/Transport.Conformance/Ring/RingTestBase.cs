using Shared.Protocol.Transport;
using Shared.Protocol.Transport.Ring;
using Testing.Support.Waiting;
using Transport.Conformance.Support;

namespace Transport.Conformance.Ring;

/// <summary>A folder, a key, and transports on it, for tests of what only this mechanism has.</summary>
public abstract class RingTestBase : IDisposable
{
    protected const uint OtherUid = 65534;
    protected static readonly DaemonClaim ChatD = new(DaemonRole.ChatD, 0);
    protected static readonly DaemonClaim ChannelD = new(DaemonRole.ChannelD, 0);
    protected static readonly Mailbox Requests = new(MailboxKind.Request, 0);
    protected static readonly Mailbox Results = new(MailboxKind.Result, 0);

    protected RingHarness Harness { get; } = new();

    protected LineLogger<RingTransport> Logger { get; } = new();

    public void Dispose()
    {
        Harness.Dispose();
        GC.SuppressFinalize(this);
    }

    protected RingTransport Open(DaemonClaim claim) => Harness.OpenRing(claim, Logger);

    /// <summary>Writes into a ring's file past the transport.</summary>
    protected void Write(Mailbox mailbox, long offset, ReadOnlySpan<byte> bytes)
    {
        using var file = new FileStream(Harness.PathOf(mailbox), FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.Write(file.SafeFileHandle, bytes, offset);
    }

    /// <summary>A number of a ring's header.</summary>
    protected ulong Read(Mailbox mailbox, long offset)
    {
        using var file = new FileStream(Harness.PathOf(mailbox), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[8];
        Assert.Equal(8, RandomAccess.Read(file.SafeFileHandle, bytes, offset));
        return BitConverter.ToUInt64(bytes);
    }

    protected static async Task SendAsync(RingTransport transport, Mailbox to, byte[] frame)
    {
        SendStatus status = default;
        await Eventually.TrueAsync(() => (status = transport.TrySend(to, frame)) is not (SendStatus.Full or SendStatus.Gone), $"{to} takes a frame");
        Assert.Equal(SendStatus.Sent, status);
    }

    protected static Task ArrivedAsync(RecordingReceiver receiver, int count) =>
        Eventually.TrueAsync(() => receiver.Count >= count, $"{count} frames arrived");
}
