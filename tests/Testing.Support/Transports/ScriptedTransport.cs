using Shared.Protocol.Transport;

namespace Testing.Support.Transports;

/// <summary>
/// A transport without threads: it keeps what is sent, answers sends as told, and hands over frames when the test says so.
/// </summary>
public sealed class ScriptedTransport : ITransport
{
    private readonly Dictionary<Mailbox, IFrameReceiver> _receivers = [];

    /// <summary>What was sent, in order.</summary>
    public List<(Mailbox To, byte[] Frame)> Sent { get; } = [];

    /// <summary>What the next sends come to.</summary>
    public SendStatus NextStatus { get; set; } = SendStatus.Sent;

    /// <summary>Mailboxes that are full, whatever <see cref="NextStatus"/> says.</summary>
    public HashSet<Mailbox> Full { get; } = [];

    /// <summary>Called before a send is answered, for what happens meanwhile.</summary>
    public Action<Mailbox>? OnSending { get; set; }

    /// <summary>What waits, as <see cref="GetDepth"/> tells.</summary>
    public MailboxDepth Depth { get; set; }

    /// <inheritdoc/>
    public TransportLimits Limits { get; set; } = new(8192, 16384, 16384, IsShared: false);

    /// <inheritdoc/>
    public SendStatus TrySend(Mailbox to, ReadOnlySpan<byte> frame)
    {
        byte[] copy = frame.ToArray();
        OnSending?.Invoke(to);
        if (copy.Length > Limits.MaxFrameBytes)
        {
            return SendStatus.TooLarge;
        }

        if (Full.Contains(to))
        {
            return SendStatus.Full;
        }

        // Read once: another thread may be changing it.
        SendStatus status = NextStatus;
        if (status == SendStatus.Sent)
        {
            Sent.Add((to, copy));
        }

        return status;
    }

    /// <inheritdoc/>
    public void StartReading(Mailbox mailbox, IFrameReceiver receiver) => _receivers.Add(mailbox, receiver);

    /// <summary>Which mailboxes were given another reader.</summary>
    public List<Mailbox> Replaced { get; } = [];

    /// <inheritdoc/>
    public void ReplaceReader(Mailbox mailbox) => Replaced.Add(mailbox);

    /// <summary>Whose mailboxes were emptied, and as which incarnation.</summary>
    public List<(DaemonClaim Reader, long Incarnation)> Discarded { get; } = [];

    /// <summary>What <see cref="GetIncarnation"/> tells.</summary>
    public long Incarnation { get; set; } = 1;

    /// <inheritdoc/>
    public long GetIncarnation(DaemonClaim daemon) => Incarnation;

    /// <inheritdoc/>
    public int Discard(DaemonClaim reader, long incarnation)
    {
        Discarded.Add((reader, incarnation));
        return 0;
    }

    /// <summary>Hands a frame to the reader of a mailbox, on this thread.</summary>
    public void Deliver(Mailbox mailbox, ReadOnlySpan<byte> frame) => _receivers[mailbox].OnFrame(frame);

    /// <inheritdoc/>
    public MailboxDepth GetDepth(Mailbox mailbox) => Depth;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
