using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Shared.Protocol.Transport.Unix;

namespace Shared.Protocol.Transport.ResultPath;

/// <summary>
/// Carries results over sockets where the chatD listens at one, and over the queues while it does not; everything else over the queues. Which
/// way a result takes is settled anew for each frame, so a socket that goes or comes costs no result. Owns both transports.
/// <list type="bullet">
/// <item>Order: between the two ways there is none. Results need none: they are matched by their ids, and parts by their numbers.</item>
/// <item>Threads: a mailbox of results is read by two threads, one for each way, so its receiver is called by both at once.</item>
/// <item>Full: a socket that is full is <see cref="SendStatus.Full"/>, for its reader lives and is behind; no result overtakes by the queue.</item>
/// </list>
/// </summary>
public sealed class ResultPathTransport : ITransport
{
    private readonly ITransport _queues;
    private readonly UnixTransport _sockets;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<Mailbox, bool> _usesSocket = new();

    /// <summary>Joins two transports that are open.</summary>
    public ResultPathTransport(ITransport queues, UnixTransport sockets, ILogger<ResultPathTransport> logger)
    {
        ArgumentNullException.ThrowIfNull(queues);
        ArgumentNullException.ThrowIfNull(sockets);
        _queues = queues;
        _sockets = sockets;
        _logger = logger;
    }

    /// <inheritdoc/>
    public TransportLimits Limits => _queues.Limits;

    /// <inheritdoc/>
    public int MaxFrameBytesTo(Mailbox to) => to.Kind == MailboxKind.Result && _sockets.IsConnected(to)
        ? Math.Max(_sockets.Limits.MaxFrameBytes, _queues.Limits.MaxFrameBytes)
        : _queues.Limits.MaxFrameBytes;

    /// <inheritdoc/>
    public SendStatus TrySend(Mailbox to, ReadOnlySpan<byte> frame)
    {
        if (to.Kind != MailboxKind.Result || frame.IsEmpty)
        {
            // An empty frame is no result: it is how a reader sees whether its queue is in order.
            return _queues.TrySend(to, frame);
        }

        SendStatus status = _sockets.TrySend(to, frame);
        bool usesSocket = status == SendStatus.Sent || (status == SendStatus.Full && _sockets.IsConnected(to));
        NoteWay(to, usesSocket);
        if (usesSocket)
        {
            return status;
        }

        // A frame that was measured for the socket is not too large for ever: the socket may come back while somebody waits for it.
        return frame.Length > _queues.Limits.MaxFrameBytes ? SendStatus.Gone : _queues.TrySend(to, frame);
    }

    /// <inheritdoc/>
    public void StartReading(Mailbox mailbox, IFrameReceiver receiver)
    {
        _queues.StartReading(mailbox, receiver);
        if (mailbox.Kind != MailboxKind.Result)
        {
            return;
        }

        try
        {
            _sockets.StartReading(mailbox, receiver);
        }
        catch (ResourceRefusedException refusal)
        {
            ResultPathLog.NoSocket(_logger, mailbox, refusal.Message);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Not for results: their receivers are never given up.</remarks>
    public void ReplaceReader(Mailbox mailbox)
    {
        if (mailbox.Kind == MailboxKind.Result)
        {
            throw new InvalidOperationException($"Mailbox {mailbox} is read by two threads; which of them hangs cannot be told.");
        }

        _queues.ReplaceReader(mailbox);
    }

    /// <inheritdoc/>
    public long GetIncarnation(DaemonClaim daemon) => _queues.GetIncarnation(daemon);

    /// <inheritdoc/>
    public bool? IsPresent(DaemonClaim daemon) => _queues.IsPresent(daemon);

    /// <inheritdoc/>
    public int Discard(DaemonClaim reader, long incarnation) => _queues.Discard(reader, incarnation);

    /// <inheritdoc/>
    /// <remarks>What lies in the queue; the kernel does not tell how much lies in a socket.</remarks>
    public MailboxDepth GetDepth(Mailbox mailbox) => _queues.GetDepth(mailbox);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _sockets.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            await _queues.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void NoteWay(Mailbox to, bool usesSocket)
    {
        if (_usesSocket.TryGetValue(to, out bool before) && before == usesSocket)
        {
            return;
        }

        _usesSocket[to] = usesSocket;
        ResultPathLog.Way(_logger, to, usesSocket ? "the socket" : "the queue");
    }
}
