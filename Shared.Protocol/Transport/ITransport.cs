namespace Shared.Protocol.Transport;

/// <summary>
/// Carries frames between the daemons of one host.
/// <list type="bullet">
/// <item>Order: frames of one sender to one mailbox arrive in the order of their <see cref="TrySend"/> calls. Between mailboxes there is none.</item>
/// <item>Blocking: <see cref="TrySend"/> never waits, and throws for misuse only: whatever the mechanism refuses is a <see cref="SendStatus"/>. A mailbox is read by one background thread of its own.</item>
/// <item>Full: <see cref="SendStatus.Full"/> is a value; nothing was sent, and the caller keeps the frame.</item>
/// <item>Delivery: at most once. A frame that was sent can be lost with its reader; it is never doubled and never altered.</item>
/// <item>Peer death: unnoticed here. A mailbox holds frames for a reader that is not there, up to its capacity.</item>
/// <item>Size: a frame has 0 to <see cref="TransportLimits.MaxFrameBytes"/> bytes; a longer one that a foreign program put there is
/// removed and counted, and never reaches the receiver.</item>
/// <item>Threads: every member may be called from any thread at once.</item>
/// <item>Disposal: stops and joins the reading threads; later calls throw <see cref="ObjectDisposedException"/>. The last daemon to leave
/// removes what the transport made.</item>
/// </list>
/// </summary>
public interface ITransport : IAsyncDisposable
{
    /// <summary>What the mechanism can hold. Constant for the life of the transport.</summary>
    TransportLimits Limits { get; }

    /// <summary>The largest frame that can be sent to a mailbox at present; never less than <see cref="TransportLimits.MaxFrameBytes"/>.</summary>
    int MaxFrameBytesTo(Mailbox to) => Limits.MaxFrameBytes;

    /// <summary>Puts a copy of <paramref name="frame"/> into a mailbox, or says at once why not.</summary>
    SendStatus TrySend(Mailbox to, ReadOnlySpan<byte> frame);

    /// <summary>
    /// Starts to read a mailbox. Each mailbox can be read once for the life of the transport.
    /// </summary>
    /// <exception cref="InvalidOperationException">The mailbox is being read already.</exception>
    void StartReading(Mailbox mailbox, IFrameReceiver receiver);

    /// <summary>
    /// Has another thread read a mailbox on, because the one that does is inside a call of the receiver that does not return. The old thread
    /// never reads again: when that call returns, it ends.
    /// </summary>
    /// <remarks>
    /// Only for a caller that knows that thread to be inside its call, and keeps it there until this returns: a thread that reads meanwhile would
    /// make two of them.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The mailbox is not being read.</exception>
    void ReplaceReader(Mailbox mailbox);

    /// <summary>
    /// Which process, or attachment, is a daemon at present: a number that stays as long as that one is there, and that the next one does not have.
    /// 0 when nobody is, or nobody can tell.
    /// </summary>
    long GetIncarnation(DaemonClaim daemon);

    /// <summary>Whether a daemon is there at present; null where nobody can tell. Unlike its incarnation this is seen across PID namespaces.</summary>
    bool? IsPresent(DaemonClaim daemon) => GetIncarnation(daemon) != 0;

    /// <summary>
    /// Takes out and drops whatever lies in the mailboxes of a daemon that is gone, or will not act on it. Nothing is taken when that daemon is another
    /// incarnation than the one named, and none comes to be while this runs: so nothing is ever taken from a successor.
    /// </summary>
    /// <param name="reader">Whose mailboxes.</param>
    /// <param name="incarnation">The incarnation that they were filled for; it may still be there.</param>
    /// <returns>How many frames were dropped.</returns>
    int Discard(DaemonClaim reader, long incarnation);

    /// <summary>What waits at present where this mailbox lies. Zero while the mailbox is gone; full where it cannot be learnt for now.</summary>
    MailboxDepth GetDepth(Mailbox mailbox);
}
