using Shared.Protocol.Transport;
using Simulation.Daemons;

namespace Simulation.Network;

/// <summary>One daemon's way into the <see cref="SimNetwork"/>. No threads: the world's scheduler delivers.</summary>
internal sealed class SimTransport : ITransport
{
    private readonly SimNetwork _network;
    private readonly Dictionary<SimQueue, int> _seenEpochs = [];
    private bool _isDisposed;

    public SimTransport(SimNetwork network, SimDaemon daemon)
    {
        _network = network;
        Daemon = daemon;
        foreach (SimQueue queue in network.Queues)
        {
            _seenEpochs[queue] = queue.Epoch;
        }
    }

    public SimDaemon Daemon { get; }

    /// <summary>Whether it knows every queue that is there now.</summary>
    public bool SeesAll => _network.Queues.All(Sees);

    public TransportLimits Limits => _network.Limits;

    /// <summary>Whether this daemon knows the queue that is there now, not one that was removed.</summary>
    public bool Sees(SimQueue queue) => _seenEpochs[queue] == queue.Epoch;

    /// <summary>Looks the queues up; says whether any had been removed.</summary>
    public bool LookUp()
    {
        bool isChanged = false;
        foreach (SimQueue queue in _network.Queues)
        {
            isChanged |= !Sees(queue);
            _seenEpochs[queue] = queue.Epoch;
        }

        return isChanged;
    }

    public SendStatus TrySend(Mailbox to, ReadOnlySpan<byte> frame)
    {
        _network.World.Scheduler.AssertOnlyThread();
        if (Daemon.IsGone)
        {
            // Killed a moment ago: what its code still does has no effect.
            return SendStatus.Sent;
        }

        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _network.Send(this, to, frame);
    }

    public void StartReading(Mailbox mailbox, IFrameReceiver receiver) => _network.Attach(this, mailbox, receiver);

    /// <inheritdoc/>
    /// <remarks>In a world of one thread nobody else runs while a receiver does.</remarks>
    public void ReplaceReader(Mailbox mailbox) => throw new NotSupportedException("A handler hung on virtual time.");

    public long GetIncarnation(DaemonClaim daemon) => (long)(_network.ReaderOf(daemon)?.Daemon.Generation ?? 0);

    public int Discard(DaemonClaim reader, long incarnation) =>
        Daemon.IsGone || (_network.ReaderOf(reader) is { } present && (long)present.Daemon.Generation != incarnation)
            ? 0
            : reader.Mailboxes.Sum(mailbox => _network.Discard(this, mailbox));

    public MailboxDepth GetDepth(Mailbox mailbox)
    {
        SimQueue queue = _network.Get(mailbox).Queue;
        return Sees(queue) ? queue.Depth : default;
    }

    public ValueTask DisposeAsync()
    {
        _isDisposed = true;
        _network.Detach(this);
        return ValueTask.CompletedTask;
    }
}
