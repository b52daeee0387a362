using Shared.Protocol.Diagnostics;

namespace Shared.Protocol.Transport.InMemory;

/// <summary>One daemon's side of an <see cref="InMemoryBus"/>. Mailboxes are never lost here, so no receiver sees a reset.</summary>
public sealed class InMemoryTransport : ITransport
{
    private static readonly TimeSpan s_stopDeadline = TimeSpan.FromSeconds(2);

    private readonly InMemoryBus _bus;
    private readonly DaemonClaim _claim;
    private readonly Action<Mailbox, Exception>? _receiverFailed;
    private readonly TransportMetrics _metrics = new("memory");
    private readonly Dictionary<Mailbox, InMemoryReader> _readers = [];
    private readonly Lock _gate = new();
    private Task? _stopping;
    private bool _isDisposed;

    internal InMemoryTransport(InMemoryBus bus, DaemonClaim claim, Action<Mailbox, Exception>? receiverFailed)
    {
        _bus = bus;
        _claim = claim;
        _receiverFailed = receiverFailed;
    }

    /// <inheritdoc/>
    public TransportLimits Limits => _bus.Limits;

    /// <inheritdoc/>
    public SendStatus TrySend(Mailbox to, ReadOnlySpan<byte> frame)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed), this);
        InMemoryMailbox mailbox = _bus.Get(to);
        if (frame.Length > Limits.MaxFrameBytes)
        {
            return SendStatus.TooLarge;
        }

        if (mailbox.TryPut(frame))
        {
            return SendStatus.Sent;
        }

        _metrics.SendFull();
        return SendStatus.Full;
    }

    /// <inheritdoc/>
    public void StartReading(Mailbox mailbox, IFrameReceiver receiver)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            var reader = new InMemoryReader(mailbox, _bus.Get(mailbox), receiver, _metrics, _receiverFailed);
            if (!_readers.TryAdd(mailbox, reader))
            {
                throw new InvalidOperationException($"Mailbox {mailbox} is being read already.");
            }

            reader.Start();
        }
    }

    /// <inheritdoc/>
    public void ReplaceReader(Mailbox mailbox)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (!_readers.TryGetValue(mailbox, out InMemoryReader? reader))
            {
                throw new InvalidOperationException($"Mailbox {mailbox} is not being read.");
            }

            reader.Replace();
        }
    }

    /// <inheritdoc/>
    public long GetIncarnation(DaemonClaim daemon)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed), this);
        return _bus.GetIncarnation(daemon);
    }

    /// <inheritdoc/>
    public int Discard(DaemonClaim reader, long incarnation)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed), this);
        return _bus.Discard(reader, incarnation);
    }

    /// <inheritdoc/>
    public MailboxDepth GetDepth(Mailbox mailbox)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed), this);
        return _bus.Get(mailbox).Depth;
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

    private async Task StopAsync(InMemoryReader[] readers)
    {
        Task stopped = Task.WhenAll(readers.Select(reader => reader.StopAsync()));

        // A receiver that never returns keeps its thread, a background one; the others are not made to wait for it.
        await Task.WhenAny(stopped, Task.Delay(s_stopDeadline));
        _bus.Detach(_claim);
    }
}
