using Microsoft.Extensions.Logging;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Transport.SysV;

namespace Shared.Protocol.Transport.Ring;

/// <summary>
/// Frames in rings of shared memory: a file for each mailbox, many producers, one consumer. A frame costs no system call while its reader is awake. Who is there
/// is known from the same semaphore set that the queues use. See <see cref="ITransport"/> for what it promises.
/// </summary>
public sealed class RingTransport : ITransport
{
    private readonly RingTransportOptions _options;
    private readonly RingFiles _files;
    private readonly RingResets _resets = new();
    private readonly SysVMembership _membership;
    private readonly RingKeeper _keeper;
    private readonly TransportMetrics _metrics;
    private readonly ILogger _logger;

    // By message type, which is small and dense. A port is made when its mailbox is first named.
    private readonly RingPort?[] _ports = new RingPort?[new Mailbox(MailboxKind.Control, Mailbox.MaxInstance).MType + 1];
    private readonly Dictionary<Mailbox, RingMailboxReader> _readers = [];
    private readonly Lock _gate = new();
    private Task? _stopping;
    private bool _isDisposed;

    private RingTransport(RingTransportOptions options, ILogger logger)
    {
        options.Validate();
        _options = options;
        _logger = logger;
        _metrics = new TransportMetrics($"ring:0x{options.Key:x}");
        _files = new RingFiles(options);

        // What each valid ring takes: another daemon may have made its own smaller.
        int maxFrameBytes = RingDescriptor.MaxFrameBytesOf(RingDescriptor.MinRingBytes);
        Limits = new TransportLimits(maxFrameBytes, options.RingBytes, options.RingBytes, IsShared: false);

        SysVTransportOptions shared = options.ForMembership();
        var ownership = new SysVOwnership(shared);
        SysVCalls calls = SysVCalls.Kernel;
        _membership = new SysVMembership(
            shared,
            [],
            new SysVSetOpener(shared, ownership, calls),
            new SysVQueueOpener(shared, ownership, calls, logger),
            new SysVRemover(shared, ownership, calls, logger),
            logger,
            new RingResources(options, _files, [.. options.Claim.Mailboxes.Select(PortOf)]));
        _keeper = new RingKeeper(options.Key, _membership, ListPorts, logger);
        try
        {
            _ = _membership.Join();
        }
        catch
        {
            ClosePorts();
            throw;
        }

        RingLog.Opened(logger, options.Claim, options.Key, options.Folder, options.RingBytes, maxFrameBytes);
        _keeper.Start();
    }

    /// <inheritdoc/>
    public TransportLimits Limits { get; }

    /// <summary>Opens the rings that this daemon reads, or makes them. Waits at most 5 s for other daemons that do the same.</summary>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    /// <exception cref="ResourceRefusedException">A ring is another's, there is no memory for it, or this daemon runs already; the message says what to do.</exception>
    public static RingTransport Open(RingTransportOptions options, ILogger<RingTransport> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(logger);
        return new RingTransport(options, logger);
    }

    /// <inheritdoc/>
    public SendStatus TrySend(Mailbox to, ReadOnlySpan<byte> frame)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed), this);
        RingPort port = PortOf(to);
        return frame.Length > Limits.MaxFrameBytes ? SendStatus.TooLarge : port.TrySend(frame);
    }

    /// <inheritdoc/>
    public void StartReading(Mailbox mailbox, IFrameReceiver receiver)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        RingPort port = PortOf(mailbox);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_readers.ContainsKey(mailbox))
            {
                throw new InvalidOperationException($"Mailbox {mailbox} is being read already.");
            }

            var reader = new RingMailboxReader(port, receiver, _options.IdleStrategy, _resets, _metrics, _logger);
            _readers[mailbox] = reader;
            reader.Start();
        }
    }

    /// <inheritdoc/>
    public void ReplaceReader(Mailbox mailbox)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (!_readers.TryGetValue(mailbox, out RingMailboxReader? reader))
            {
                throw new InvalidOperationException($"Mailbox {mailbox} is not being read.");
            }

            reader.Replace();
        }

        RingLog.ReaderReplaced(_logger, mailbox);
    }

    /// <inheritdoc/>
    public long GetIncarnation(DaemonClaim daemon)
    {
        daemon.Validate();
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed), this);
        return _membership.HolderOf(daemon);
    }

    /// <inheritdoc/>
    public bool? IsPresent(DaemonClaim daemon)
    {
        daemon.Validate();
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed), this);
        return _membership.IsTaken(daemon);
    }

    /// <inheritdoc/>
    public int Discard(DaemonClaim reader, long incarnation)
    {
        reader.Validate();
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed), this);
        return new RingDiscarder(_membership).Discard(reader, incarnation, PortOf);
    }

    /// <inheritdoc/>
    /// <remarks>The bytes are those that the frames take up, with a word each and filled up to whole words.</remarks>
    public MailboxDepth GetDepth(Mailbox mailbox)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed), this);
        RingPort port = PortOf(mailbox);
        if (port.Open(make: false, isReader: false) is not { } ring || !ring.TryEnter())
        {
            return port.IsRefused ? new MailboxDepth(1, Limits.RequestCapacityBytes) : default;
        }

        try
        {
            return ring.Depth;
        }
        finally
        {
            ring.Leave();
        }
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

    private RingPort PortOf(Mailbox mailbox)
    {
        mailbox.Validate();
        ref RingPort? port = ref _ports[mailbox.MType];
        return Volatile.Read(ref port) ?? MakePort(ref port, mailbox);
    }

    private RingPort MakePort(ref RingPort? port, Mailbox mailbox)
    {
        var made = new RingPort(mailbox, _files, _resets, _metrics, _logger);
        return Interlocked.CompareExchange(ref port, made, null) ?? made;
    }

    private List<(RingPort Port, bool HasReader)> ListPorts()
    {
        lock (_gate)
        {
            return [.. _ports.Where(port => port is not null).Select(port => (port!, _readers.ContainsKey(port!.Mailbox)))];
        }
    }

    private async Task StopAsync(RingMailboxReader[] readers)
    {
        await _keeper.StopAsync().ConfigureAwait(false);
        await Task.WhenAll(readers.Select(static reader => reader.StopAsync())).ConfigureAwait(false);
        ClosePorts();
        await Task.Run(_membership.LeaveAsync).ConfigureAwait(false);
    }

    private void ClosePorts()
    {
        foreach (RingPort? port in _ports)
        {
            port?.Dispose();
        }
    }
}
