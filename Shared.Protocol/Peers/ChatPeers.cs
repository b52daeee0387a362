using Microsoft.Extensions.Logging;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Links;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Peers;

/// <summary>
/// channelD's side of the links: admits chatDs by their greetings, answers those, and ends the sessions of a chatD that was replaced,
/// took its leave, or is silent for a whole lease; what lies in the mailboxes of one of the latter two is dropped, for it would take the room of the others. Reads the control mailbox. Safe on every thread. Does not own the transport.
/// </summary>
public sealed partial class ChatPeers : IFrameReceiver, IDisposable
{
    private readonly ITransport _transport;
    private readonly FrameCodec _codec;
    private readonly int _channelId;
    private readonly ulong _generation;
    private readonly ulong _ipcNamespace;
    private readonly long _leaseNs;
    private readonly IChatPeersObserver _observer;
    private readonly ILogger _logger;
    private readonly MonotonicClock _clock;
    private readonly ITimer _timer;
    private readonly PooledBuffer _scratch = new();

    // One entry a chatD number; written under the lock, read without it by every request.
    private readonly ulong[] _admitted = new ulong[Mailbox.MaxInstance + 1];

    // Guards what follows and every write above. Never held over a system call or an observer's call.
    private readonly Lock _gate = new();
    private readonly long[] _lastSeenNs = new long[Mailbox.MaxInstance + 1];
    private readonly ulong[] _admissions = new ulong[Mailbox.MaxInstance + 1];
    private readonly ulong[] _departed = new ulong[Mailbox.MaxInstance + 1];
    private readonly long[] _incarnations = new long[Mailbox.MaxInstance + 1];
    private readonly long[] _discardUntilNs = new long[Mailbox.MaxInstance + 1];
    private readonly bool[] _isLapsing = new bool[Mailbox.MaxInstance + 1];
    private ulong _admissionCount;
    private long _lastSweepNs;
    private bool _isDisposed;

    /// <summary>Makes a registry that has admitted nobody.</summary>
    public ChatPeers(
        ITransport transport,
        FrameCodec codec,
        int channelId,
        ulong generation,
        ulong ipcNamespace,
        PeerOptions options,
        TimeProvider time,
        IChatPeersObserver observer,
        ILogger<ChatPeers> logger)
    {
        _transport = transport;
        _codec = codec;
        _channelId = channelId;
        _generation = generation;
        _ipcNamespace = ipcNamespace;
        _leaseNs = options.LeaseMs * 1_000_000L;
        _observer = observer;
        _logger = logger;
        _clock = new MonotonicClock(time);
        TimeSpan period = TimeSpan.FromMilliseconds(options.HeartbeatMs);
        _timer = time.CreateTimer(static state => ((ChatPeers)state!).OnTimer(), this, period, period);
        options.Watch.Use(this);
    }

    /// <summary>How many chatDs are admitted at present.</summary>
    public int AdmittedCount
    {
        get
        {
            lock (_gate)
            {
                return _admitted.Count(generation => generation != 0);
            }
        }
    }

    /// <summary>Whether requests of that process are to be run: it is admitted, and nobody has taken its place.</summary>
    public bool IsAdmitted(int chatInstance, ulong generation) =>
        generation != 0 && Volatile.Read(ref _admitted[chatInstance]) == generation;

    /// <summary>The generation of the process that is admitted under a number; 0 for none.</summary>
    public ulong GetAdmitted(int chatInstance) => Volatile.Read(ref _admitted[chatInstance]);

    /// <summary>The chatDs that are admitted at present, by their numbers, with the generation of each and how long ago it greeted.</summary>
    internal IReadOnlyList<(int Instance, ulong Generation, TimeSpan SilentFor)> ListAdmitted()
    {
        var admitted = new List<(int, ulong, TimeSpan)>();
        lock (_gate)
        {
            long nowNs = _clock.NowNs;
            for (int instance = 0; instance < _admitted.Length; instance++)
            {
                if (_admitted[instance] != 0)
                {
                    admitted.Add((instance, _admitted[instance], TimeSpan.FromMilliseconds(Math.Max(0, nowNs - _lastSeenNs[instance]) / 1e6)));
                }
            }
        }

        return admitted;
    }

    /// <inheritdoc/>
    public void OnFrame(ReadOnlySpan<byte> frame)
    {
        FrameFault fault = _codec.TryRead(frame, _scratch, MessageKind.Control, out Envelope envelope, out ReadOnlySpan<byte> body);
        if (fault != FrameFault.None || envelope.Kind != MessageKind.Control || envelope.Generation == 0)
        {
            PeersLog.MalformedControl(_logger, fault);
            return;
        }

        try
        {
            Read(envelope, body);
        }
        catch (MessagePackSerializationException)
        {
            PeersLog.MalformedControl(_logger, FrameFault.Malformed);
        }
    }

    /// <inheritdoc/>
    public void OnReset()
    {
        // Greetings come again by themselves.
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Volatile.Write(ref _isDisposed, true);
        _timer.Dispose();
    }

    private void Read(in Envelope envelope, ReadOnlySpan<byte> body)
    {
        var reader = new MessagePackReader(body);
        int typeNumber = MessageTypes.Peek(body);
        if (typeNumber == MessageTypes.Greeting)
        {
            Greet(envelope.Generation, Greeting.Read(ref reader));
        }
        else if (typeNumber == MessageTypes.Farewell)
        {
            Dismiss(envelope.Generation, Farewell.Read(ref reader).Instance);
        }
        else if (typeNumber == MessageTypes.FarewellAnswer)
        {
            TakeLeave(envelope.Generation, FarewellAnswer.Read(ref reader));
        }
    }

    private void Greet(ulong generation, in Greeting greeting)
    {
        int instance = greeting.ChatInstance;
        if (instance is < 0 or > Mailbox.MaxInstance)
        {
            PeersLog.MalformedControl(_logger, FrameFault.Malformed);
            return;
        }

        ulong admission;
        bool isNew;
        lock (_gate)
        {
            if (_isLeaving || _departed[instance] == generation)
            {
                // It lives, and what is on its way to it must not be dropped.
                _lastSeenNs[instance] = _admitted[instance] == generation ? _clock.NowNs : _lastSeenNs[instance];

                // No answer after this channelD's farewell; or a greeting that its sender's farewell has overtaken.
                return;
            }

            if (_isLapsing[instance])
            {
                // Its sessions are being ended. Admitted now, it would announce them anew and lose those that came first; it greets again.
                return;
            }

            isNew = _admitted[instance] != generation;
            if (isNew)
            {
                _admissions[instance] = ++_admissionCount;
                Volatile.Write(ref _admitted[instance], generation);
            }

            admission = _admissions[instance];
            _lastSeenNs[instance] = _clock.NowNs;
        }

        if (isNew)
        {
            long incarnation = _transport.GetIncarnation(new DaemonClaim(DaemonRole.ChatD, instance));
            lock (_gate)
            {
                _incarnations[instance] = incarnation;
            }

            PeersLog.ChatAdmitted(_logger, instance, generation, admission);
            _observer.OnSessionsEnded(instance, exceptGeneration: generation);
        }

        _ = ControlFrames.TrySend(
            _transport,
            _codec,
            new Mailbox(MailboxKind.Event, instance),
            _generation,
            new GreetingAnswer(_channelId, _ipcNamespace, generation, admission, TakesBatches: true));
    }

    private void Dismiss(ulong generation, int instance)
    {
        if (instance is < 0 or > Mailbox.MaxInstance)
        {
            return;
        }

        lock (_gate)
        {
            _departed[instance] = generation;
            if (_awaited[instance] == generation)
            {
                _awaited[instance] = 0;
            }

            if (_admitted[instance] != generation)
            {
                return;
            }

            Volatile.Write(ref _admitted[instance], 0);
            _discardUntilNs[instance] = _clock.NowNs + _leaseNs;
        }

        PeersLog.ChatLeft(_logger, instance);
        _observer.OnSessionsEnded(instance, exceptGeneration: 0);
        Discard(instance);
    }

    private void OnTimer()
    {
        try
        {
            Sweep();
        }
        catch (ObjectDisposedException) when (Volatile.Read(ref _isDisposed))
        {
            // This call was under way when the timer was disposed, and the transport after it; a timer's thread has nobody to throw to.
        }
    }

    private void Sweep()
    {
        // A process that was itself stopped or starved for long has not listened either: it waits once more before it judges.
        long nowNs = _clock.NowNs;
        bool hasListened = nowNs - Interlocked.Exchange(ref _lastSweepNs, nowNs) <= _leaseNs / 2;
        for (int instance = 0; instance < _admitted.Length; instance++)
        {
            bool isGone;
            lock (_gate)
            {
                isGone = _admitted[instance] == 0 && nowNs < _discardUntilNs[instance];
            }

            if (isGone)
            {
                // Requests of it that were still in the queue have been answered meanwhile.
                Discard(instance);
                continue;
            }

            lock (_gate)
            {
                if (!hasListened || _admitted[instance] == 0 || nowNs - _lastSeenNs[instance] <= _leaseNs)
                {
                    continue;
                }

                Volatile.Write(ref _admitted[instance], 0);
                _isLapsing[instance] = true;
                _discardUntilNs[instance] = nowNs + _leaseNs;
            }

            try
            {
                PeersLog.ChatSilent(_logger, instance, _leaseNs / 1_000_000);
                _observer.OnSessionsEnded(instance, exceptGeneration: 0);
                Discard(instance);
            }
            finally
            {
                lock (_gate)
                {
                    _isLapsing[instance] = false;
                }
            }
        }
    }

    private void Discard(int instance)
    {
        if (_transport.GetDepth(new Mailbox(MailboxKind.Result, instance)).Frames == 0)
        {
            return;
        }

        long incarnation;
        lock (_gate)
        {
            incarnation = _incarnations[instance];
        }

        int count = _transport.Discard(new DaemonClaim(DaemonRole.ChatD, instance), incarnation);
        if (count > 0)
        {
            PeersLog.FramesDiscarded(_logger, count, instance);
        }
    }
}
