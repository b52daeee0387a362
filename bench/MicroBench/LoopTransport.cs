using Shared.Protocol.Transport;

namespace MicroBench;

/// <summary>A transport without a kernel: what is sent lies here until it is handed over, on the thread that measures. Allocates nothing once it has grown.</summary>
internal sealed class LoopTransport : ITransport
{
    private readonly Dictionary<MailboxKind, Queue<(byte[] Array, int LengthBytes)>> _sent = new()
    {
        [MailboxKind.Request] = new(),
        [MailboxKind.Result] = new(),
    };

    private readonly Stack<byte[]> _free = new();

    /// <inheritdoc/>
    public TransportLimits Limits { get; } = new(MaxFrameBytes: 8192, RequestCapacityBytes: 16_384, ResultCapacityBytes: 16_384, IsShared: false);

    /// <inheritdoc/>
    public SendStatus TrySend(Mailbox to, ReadOnlySpan<byte> frame)
    {
        byte[] array = _free.TryPop(out byte[]? free) ? free : new byte[Limits.MaxFrameBytes];
        frame.CopyTo(array);
        _sent[to.Kind].Enqueue((array, frame.Length));
        return SendStatus.Sent;
    }

    /// <summary>Hands what was sent to a mailbox over to its reader, in one burst.</summary>
    public void Deliver(MailboxKind kind, IFrameReceiver receiver)
    {
        receiver.OnBurstBegin();
        Queue<(byte[] Array, int LengthBytes)> frames = _sent[kind];
        for (int count = frames.Count; count > 0; count--)
        {
            (byte[] array, int lengthBytes) = frames.Dequeue();
            receiver.OnFrame(array.AsSpan(0, lengthBytes));
            _free.Push(array);
        }

        receiver.OnBurstEnd();
    }

    /// <inheritdoc/>
    public void StartReading(Mailbox mailbox, IFrameReceiver receiver)
    {
    }

    /// <inheritdoc/>
    public void ReplaceReader(Mailbox mailbox)
    {
    }

    /// <inheritdoc/>
    public long GetIncarnation(DaemonClaim daemon) => 1;

    /// <inheritdoc/>
    public int Discard(DaemonClaim reader, long incarnation) => 0;

    /// <inheritdoc/>
    public MailboxDepth GetDepth(Mailbox mailbox) => default;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
