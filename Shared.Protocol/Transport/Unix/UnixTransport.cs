using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Interop.Linux;

namespace Shared.Protocol.Transport.Unix;

/// <summary>
/// Frames over Unix sockets that keep the bounds of messages (SOCK_SEQPACKET): one socket for each mailbox, at which its reader listens.
/// Unlike a queue a socket holds nothing for a reader that is not there: a send is <see cref="SendStatus.Gone"/> then. It knows no claims: whoever
/// listens last at a mailbox has it. See <see cref="ITransport"/> for the rest.
/// </summary>
public sealed class UnixTransport : ITransport
{
    // What net.core.wmem_max allows by default; the kernel makes twice of it (socket(7)).
    private const int SendBufferBytes = 212_992;

    // af_unix puts some 16 KiB and 17 pages into pieces; the rest of a message takes one piece of memory without gaps, which a host that has
    // been up for long may not have (unix_dgram_sendmsg).
    private const int MaxCheapMessageBytes = 64 * 1024;

    private readonly UnixTransportOptions _options;
    private readonly TransportMetrics _metrics;
    private readonly UnixPeerCheck _peers;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<Mailbox, UnixSender> _senders = new();
    private readonly Func<Mailbox, UnixSender> _makeSender;
    private readonly Lock _gate = new();
    private readonly Dictionary<Mailbox, UnixMailboxReader> _readers = [];
    private Task? _stopping;
    private bool _isDisposed;

    private UnixTransport(UnixTransportOptions options, TimeProvider time, ILogger logger)
    {
        _options = options;
        _logger = logger;
        _metrics = new TransportMetrics($"unix:0x{options.Key:x}");
        _peers = new UnixPeerCheck(options, _metrics, logger);
        int maxMessageBytes = ProbeMaxMessageBytes();
        int maxFrameBytes = Math.Min(Math.Min(options.MaxFrameBytes, MaxCheapMessageBytes), maxMessageBytes) - 1;
        Limits = new TransportLimits(maxFrameBytes, maxMessageBytes, maxMessageBytes, IsShared: false);
        _makeSender = mailbox => new UnixSender(mailbox, UnixSocketPath.Of(_options, mailbox), SendBufferBytes, time, _peers, _metrics);
    }

    /// <inheritdoc/>
    public TransportLimits Limits { get; }

    /// <summary>Makes a transport. Nothing is opened before something is read or sent.</summary>
    /// <exception cref="ResourceRefusedException">The folder is not there, or its path is too long.</exception>
    public static UnixTransport Open(UnixTransportOptions options, TimeProvider time, ILogger<UnixTransport> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(logger);
        UnixSocketPath.Check(options);
        return Directory.Exists(options.Folder)
            ? new UnixTransport(options, time, logger)
            : throw new ResourceRefusedException($"The folder '{options.Folder}' of the sockets is not there.");
    }

    /// <summary>Whether the reader of a mailbox was there when something was last sent to it.</summary>
    public bool IsConnected(Mailbox mailbox) => _senders.TryGetValue(mailbox, out UnixSender? sender) && sender.IsConnected;

    /// <inheritdoc/>
    public SendStatus TrySend(Mailbox to, ReadOnlySpan<byte> frame)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed), this);
        to.Validate();
        return frame.Length > Limits.MaxFrameBytes
            ? SendStatus.TooLarge
            : _senders.GetOrAdd(to, _makeSender).TrySend(frame);
    }

    /// <inheritdoc/>
    /// <exception cref="ResourceRefusedException">The socket cannot be made.</exception>
    public void StartReading(Mailbox mailbox, IFrameReceiver receiver)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        mailbox.Validate();
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_readers.ContainsKey(mailbox))
            {
                throw new InvalidOperationException($"Mailbox {mailbox} is being read already.");
            }

            var reader = new UnixMailboxReader(mailbox, receiver, _options, Limits.MaxFrameBytes, _peers, _metrics, _logger);
            reader.Start();
            _readers[mailbox] = reader;
        }
    }

    /// <inheritdoc/>
    public void ReplaceReader(Mailbox mailbox)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (!_readers.TryGetValue(mailbox, out UnixMailboxReader? reader))
            {
                throw new InvalidOperationException($"Mailbox {mailbox} is not being read.");
            }

            reader.Replace();
        }
    }

    /// <inheritdoc/>
    /// <remarks>Always 0: sockets know no claims.</remarks>
    public long GetIncarnation(DaemonClaim daemon) => 0;

    /// <inheritdoc/>
    public bool? IsPresent(DaemonClaim daemon) => null;

    /// <inheritdoc/>
    /// <remarks>Always 0: what was sent to a reader went with it.</remarks>
    public int Discard(DaemonClaim reader, long incarnation) => 0;

    /// <inheritdoc/>
    /// <remarks>Always zero: the kernel does not tell how much lies in the sockets of others.</remarks>
    public MailboxDepth GetDepth(Mailbox mailbox)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed), this);
        return default;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            Volatile.Write(ref _isDisposed, true);
            _stopping ??= StopAsync([.. _readers.Values]);
            return new ValueTask(_stopping);
        }
    }

    private static int ProbeMaxMessageBytes()
    {
        // af_unix refuses a message that is longer than the buffer less 32 bytes.
        const int KernelReserveBytes = 32;
        CallResult created = SysSocket.Create();
        if (!created.Succeeded)
        {
            throw new ResourceRefusedException($"A Unix socket cannot be made: {ErrnoTable.Describe(created.Error)}.");
        }

        using var probe = new FileDescriptor(created.Value);
        return SysSocket.SetSendBuffer(probe, SendBufferBytes) - KernelReserveBytes;
    }

    private async Task StopAsync(UnixMailboxReader[] readers)
    {
        await Task.WhenAll(readers.Select(static reader => reader.DisposeAsync().AsTask())).ConfigureAwait(false);
        foreach (UnixSender sender in _senders.Values)
        {
            sender.Dispose();
        }
    }
}
