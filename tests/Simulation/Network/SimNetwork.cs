using Shared.Protocol.Transport;
using Simulation.Daemons;

namespace Simulation.Network;

/// <summary>
/// The queues between the daemons, as <see cref="ITransport"/> promises them: frames of one mailbox keep their order, those of different
/// mailboxes do not; a full queue says so; a frame is lost with its reader or its queue only, and never doubled.
/// </summary>
internal sealed class SimNetwork
{
    private const int RememberedFrames = 64;
    private const int LargestFrameBytes = 8192;
    private const int LargestBurst = 8;

    private readonly Dictionary<Mailbox, SimMailbox> _mailboxes = [];
    private readonly List<SimTransport> _transports = [];
    private readonly SimQueue _requests;
    private readonly SimQueue _results;
    private readonly Queue<SentFrame> _sent = new();
    private readonly SimRandom _random;

    public SimNetwork(SimWorld world)
    {
        World = world;
        _random = world.RandomFor(SimStream.Network);
        SimSettings settings = world.Settings;
        _requests = new SimQueue(settings.QueueBytes);
        _results = settings.Ipc.SingleQueue ? _requests : new SimQueue(settings.QueueBytes);
        Queues = settings.Ipc.SingleQueue ? [_requests] : [_requests, _results];
        Limits = new TransportLimits(
            Math.Min(LargestFrameBytes, settings.QueueBytes), settings.QueueBytes, settings.QueueBytes, settings.Ipc.SingleQueue);
    }

    public SimWorld World { get; }

    public IReadOnlyList<SimQueue> Queues { get; }

    public TransportLimits Limits { get; }

    /// <summary>The last frames that daemons sent.</summary>
    public IReadOnlyCollection<SentFrame> LastSent => _sent;

    /// <summary>The mailboxes that are read at present.</summary>
    public IEnumerable<SimMailbox> Read => _mailboxes.Values.Where(mailbox => mailbox.Reader is not null);

    public SimMailbox Get(Mailbox address)
    {
        if (!_mailboxes.TryGetValue(address, out SimMailbox? mailbox))
        {
            mailbox = new SimMailbox(
                address, address.IsReadByChannel ? _requests : _results, World.RandomFor(SimStream.Network, address.MType));
            _mailboxes.Add(address, mailbox);
        }

        return mailbox;
    }

    public SimTransport Open(SimDaemon daemon)
    {
        var transport = new SimTransport(this, daemon);
        _transports.Add(transport);
        return transport;
    }

    public SendStatus Send(SimTransport from, Mailbox to, ReadOnlySpan<byte> frame)
    {
        SimMailbox mailbox = Get(to);
        if (frame.Length > Limits.MaxFrameBytes)
        {
            return SendStatus.TooLarge;
        }

        if (!from.Sees(mailbox.Queue))
        {
            return SendStatus.Gone;
        }

        byte[] bytes = frame.ToArray();
        if (!mailbox.Queue.TryTake(bytes.Length))
        {
            World.Counts.Full++;
            return SendStatus.Full;
        }

        Put(mailbox, bytes);
        if (World.Mutation?.Doubles(to) == true && mailbox.Queue.TryTake(bytes.Length))
        {
            Put(mailbox, bytes);
        }

        _sent.Enqueue(new SentFrame(World.NowNs, to, bytes));
        if (_sent.Count > RememberedFrames)
        {
            _sent.Dequeue();
        }

        from.Daemon.OnSent();
        return SendStatus.Sent;
    }

    /// <summary>Puts a foreign frame in, if there is room.</summary>
    public void Inject(Mailbox to, byte[] frame)
    {
        SimMailbox mailbox = Get(to);
        if (frame.Length <= Limits.MaxFrameBytes && mailbox.Queue.TryTake(frame.Length))
        {
            Put(mailbox, frame);
        }
    }

    public void Attach(SimTransport transport, Mailbox address, IFrameReceiver receiver)
    {
        SimMailbox mailbox = Get(address);
        if (mailbox.Reader is not null)
        {
            throw new InvalidOperationException($"{address} is read already.");
        }

        mailbox.Reader = transport;
        mailbox.Receiver = receiver;
        Deliver(mailbox);
    }

    public void Detach(SimTransport transport)
    {
        _transports.Remove(transport);
        foreach (SimMailbox mailbox in _mailboxes.Values.Where(mailbox => mailbox.Reader == transport))
        {
            mailbox.Reader = null;
            mailbox.Receiver = null;
        }
    }

    /// <summary>A reader was killed: of each of its mailboxes it may have had the next frame in hand already.</summary>
    public void Kill(SimTransport transport)
    {
        foreach (SimMailbox mailbox in Read.Where(mailbox => mailbox.Reader == transport && mailbox.Frames.Count > 0).ToArray())
        {
            if (_random.Chance(50))
            {
                mailbox.Queue.Give(mailbox.Frames.Dequeue().Length);
                World.Note($"lost with its reader: a frame of {mailbox.Address}");
            }
        }

        Detach(transport);
    }

    /// <summary>Somebody removes a queue. Each daemon notices for itself, within a second, and makes or finds the new one.</summary>
    public void Remove(SimQueue queue)
    {
        queue.Remove();
        foreach (SimMailbox mailbox in _mailboxes.Values.Where(mailbox => mailbox.Queue == queue))
        {
            mailbox.Frames.Clear();
        }

        foreach (SimTransport transport in _transports)
        {
            World.Scheduler.After(_random.Between(0, _random.Pick([1, 20, 1000]) * SimScheduler.NsPerMs), () => Notice(transport));
        }
    }

    /// <summary>Who is a daemon at present.</summary>
    public SimTransport? ReaderOf(DaemonClaim claim) => _mailboxes.GetValueOrDefault(claim.Mailboxes[0])?.Reader;

    /// <summary>Drops what lies in a mailbox, as far as a daemon sees it.</summary>
    public int Discard(SimTransport from, Mailbox address)
    {
        SimMailbox mailbox = Get(address);
        if (!from.Sees(mailbox.Queue))
        {
            return 0;
        }

        int count = mailbox.Frames.Count;
        while (mailbox.Frames.TryDequeue(out byte[]? frame))
        {
            mailbox.Queue.Give(frame.Length);
        }

        World.Counts.Discarded += count;
        return count;
    }

    /// <summary>What can be delivered again, after something had kept it back.</summary>
    public void DeliverAll()
    {
        foreach (SimMailbox mailbox in _mailboxes.Values)
        {
            Deliver(mailbox);
        }
    }

    private void Notice(SimTransport transport)
    {
        if (transport.Daemon.IsGone || !_transports.Contains(transport))
        {
            return;
        }

        if (!transport.Daemon.IsRunning)
        {
            World.Scheduler.After(SimScheduler.NsPerMs, () => Notice(transport));
            return;
        }

        if (!transport.LookUp())
        {
            return;
        }

        World.Note($"{transport.Daemon} finds the queues anew");
        World.Counts.Resets++;
        foreach (SimMailbox mailbox in Read.Where(mailbox => mailbox.Reader == transport).ToArray())
        {
            using DaemonScope scope = transport.Daemon.Enter();
            mailbox.Receiver?.OnReset();
        }

        DeliverAll();
    }

    private void Put(SimMailbox mailbox, byte[] frame)
    {
        mailbox.Frames.Enqueue(frame);
        Deliver(mailbox);
    }

    private void Deliver(SimMailbox mailbox)
    {
        if (mailbox.IsDelivering || !mailbox.CanDeliver)
        {
            return;
        }

        mailbox.IsDelivering = true;
        SimRandom random = mailbox.Random;
        long delayNs = random.Between(0, 2 * World.Settings.DelayNs) * (random.Chance(2) && !World.IsCalm ? 20 : 1);
        World.Scheduler.After(delayNs, () =>
        {
            mailbox.IsDelivering = false;
            if (mailbox.CanDeliver)
            {
                if (mailbox.Receiver!.ExpectsMore && random.Chance(50))
                {
                    DeliverBurst(mailbox, random.Between(1, LargestBurst));
                }
                else
                {
                    DeliverFirst(mailbox);
                }
            }

            Deliver(mailbox);
        });
    }

    // As a reading thread does that finds more in its mailbox: no time passes between.
    private void DeliverBurst(SimMailbox mailbox, long frames)
    {
        SimDaemon daemon = mailbox.Reader!.Daemon;
        using DaemonScope scope = daemon.Enter();
        IFrameReceiver receiver = mailbox.Receiver!;
        receiver.OnBurstBegin();
        for (long i = 0; i < frames && mailbox.CanDeliver; i++)
        {
            DeliverFirst(mailbox);
        }

        try
        {
            receiver.OnBurstEnd();
        }
        catch (Exception exception) when (!daemon.IsGone)
        {
            World.Fail($"The receiver of {mailbox.Address} threw: {exception}");
        }
    }

    private void DeliverFirst(SimMailbox mailbox)
    {
        SimDaemon daemon = mailbox.Reader!.Daemon;
        using DaemonScope scope = daemon.Enter();
        if (!mailbox.CanDeliver)
        {
            return;
        }

        byte[] frame = mailbox.Frames.Dequeue();
        mailbox.Queue.Give(frame.Length);
        World.Counts.Delivered++;
        World.Trace.Mix(World.NowNs, mailbox.Address.MType, frame.Length);
        if (World.Trace.IsKept)
        {
            World.Note($"{daemon} reads {mailbox.Address}: {FrameWords.Of(daemon.Codec, mailbox.Address, frame)}");
        }

        try
        {
            mailbox.Receiver!.OnFrame(World.Mutation?.Change(World, mailbox.Address, frame) ?? frame);
        }
        catch (Exception exception) when (!daemon.IsGone)
        {
            World.Fail($"The receiver of {mailbox.Address} threw: {exception}");
        }
    }
}
