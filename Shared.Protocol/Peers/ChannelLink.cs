using Microsoft.Extensions.Logging;
using Shared.Protocol.Messages.Links;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire.Codecs;

namespace Shared.Protocol.Peers;

/// <summary>
/// chatD's side of the link to one channelD: greets it by heartbeat, and knows from the answers whether it lives, which process it
/// is, and whether it still knows this chatD's sessions. On a wire that carries no greetings the link is always up.
/// Safe on every thread. Does not own the transport.
/// </summary>
public sealed class ChannelLink : IDisposable
{
    private const long NsPerMs = 1_000_000;

    // So many greetings may be without an answer before the link looks whether anybody takes them.
    private const int MaxUnanswered = 8;
    private const int MaxDoublings = 24;

    private readonly ITransport _transport;
    private readonly FrameCodec _codec;
    private readonly Mailbox _control;
    private readonly int _chatInstance;
    private readonly ulong _generation;
    private readonly ulong _ipcNamespace;
    private readonly PeerOptions _options;
    private readonly IChannelLinkObserver _observer;
    private readonly ILogger _logger;
    private readonly MonotonicClock _clock;
    private readonly ITimer _timer;

    // Guards the state below. Never held over a system call or an observer's call.
    private readonly Lock _gate = new();
    private volatile bool _isUp;
    private volatile bool _takesBatches;
    private ulong _channelGeneration;
    private ulong _admission;
    private ulong _departedGeneration;
    private readonly Queue<Notice> _notices = new();
    private bool _isNotifying;
    private long _lastAnswerNs;
    private long _lastHeartbeatNs;
    private int _unanswered;
    private long _lastGreetingNs;

    /// <summary>Makes a link that is down until <see cref="Start"/> has been answered.</summary>
    public ChannelLink(
        ITransport transport,
        FrameCodec codec,
        int chatInstance,
        int channelInstance,
        ulong generation,
        ulong ipcNamespace,
        PeerOptions options,
        TimeProvider time,
        IChannelLinkObserver observer,
        ILogger<ChannelLink> logger)
    {
        _transport = transport;
        _codec = codec;
        _control = new Mailbox(MailboxKind.Control, channelInstance);
        _chatInstance = chatInstance;
        _generation = generation;
        _ipcNamespace = ipcNamespace;
        _options = options;
        _observer = observer;
        _logger = logger;
        _clock = new MonotonicClock(time);
        _timer = time.CreateTimer(static state => ((ChannelLink)state!).OnHeartbeat(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        options.Watch.Add(this);
    }

    /// <summary>Whether the channelD lives and admits this chatD.</summary>
    public bool IsUp => _isUp;

    /// <summary>Whether the channelD that answered last takes several requests in one frame.</summary>
    public bool TakesBatches => _takesBatches;

    /// <summary>The generation of the channelD that answered last, whether it lives or not; 0 before the first answer.</summary>
    public ulong ChannelGeneration
    {
        get
        {
            lock (_gate)
            {
                return _channelGeneration;
            }
        }
    }

    /// <summary>The number of the channelD among those of the host.</summary>
    public int ChannelInstance => _control.Instance;

    /// <summary>How long ago the channelD has answered last; null where it never has, or the wire carries no answers.</summary>
    public TimeSpan? LastAnswerAge
    {
        get
        {
            lock (_gate)
            {
                return _lastAnswerNs == 0 ? null : TimeSpan.FromMilliseconds((double)(_clock.NowNs - _lastAnswerNs) / NsPerMs);
            }
        }
    }

    /// <summary>Begins to greet.</summary>
    public void Start()
    {
        if (!_codec.CarriesSessions)
        {
            _isUp = true;
            _observer.OnUp(ChannelArrival.Replaced);
            return;
        }

        _timer.Change(TimeSpan.Zero, TimeSpan.FromMilliseconds(_options.HeartbeatMs));
    }

    /// <summary>Takes an answer that came in the event mailbox.</summary>
    /// <param name="channelGeneration">The generation of the channelD, as the envelope says.</param>
    /// <param name="answer">The answer.</param>
    public void OnAnswer(ulong channelGeneration, in GreetingAnswer answer)
    {
        if (answer.ChatGeneration != _generation)
        {
            // For a process that ran under this number before.
            return;
        }

        lock (_gate)
        {
            _unanswered = 0;
            if (channelGeneration == _departedGeneration)
            {
                // It answered before it took its leave.
                return;
            }

            _lastAnswerNs = _clock.NowNs;
            _takesBatches = answer.TakesBatches;
            ChannelArrival arrival = channelGeneration != _channelGeneration ? ChannelArrival.Replaced
                : answer.Admission != _admission ? ChannelArrival.Readmitted
                : ChannelArrival.Returned;
            if (_isUp && arrival == ChannelArrival.Returned)
            {
                return;
            }

            _channelGeneration = channelGeneration;
            _admission = answer.Admission;
            _isUp = true;
            _notices.Enqueue(new Notice(arrival, IsClean: false, answer.ChannelId, channelGeneration, answer.Admission));
        }

        Notify();
    }

    /// <summary>Takes a farewell that came in the event mailbox.</summary>
    /// <param name="channelGeneration">The generation of the channelD, as the envelope says.</param>
    public void OnFarewell(ulong channelGeneration)
    {
        lock (_gate)
        {
            if (!_isUp || channelGeneration != _channelGeneration)
            {
                return;
            }

            _departedGeneration = channelGeneration;
            _isUp = false;
            _notices.Enqueue(new Notice(Arrival: null, IsClean: true));
        }

        Notify();
    }

    /// <summary>
    /// Answers the farewell of a channelD: whatever it was asked has ended, and nothing more is asked. False where there was no room for that.
    /// </summary>
    /// <param name="channelGeneration">The channelD that said it.</param>
    public bool TryAnswerFarewell(ulong channelGeneration) => ControlFrames.TrySend(
        _transport, _codec, _control, _generation, new FarewellAnswer(_chatInstance, channelGeneration)) == SendStatus.Sent;

    /// <summary>Tells the channelD that this chatD stops: all its sessions end.</summary>
    public void SayFarewell()
    {
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (_codec.CarriesSessions)
        {
            _ = ControlFrames.TrySend(_transport, _codec, _control, _generation, new Farewell(_chatInstance));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _options.Watch.Remove(this);
        _timer.Dispose();
    }

    private void OnHeartbeat()
    {
        ulong known;
        bool isUnheard;
        lock (_gate)
        {
            // A process that was itself stopped or starved for long has not listened either: it asks once more before it judges.
            long nowNs = _clock.NowNs;
            long leaseNs = _options.LeaseMs * NsPerMs;
            bool hasListened = nowNs - _lastHeartbeatNs <= leaseNs / 2;
            _lastHeartbeatNs = nowNs;
            if (_isUp && hasListened && nowNs - _lastAnswerNs > leaseNs)
            {
                _isUp = false;
                _notices.Enqueue(new Notice(Arrival: null, IsClean: false));
            }

            known = _channelGeneration;
            isUnheard = _unanswered >= MaxUnanswered;
        }

        Notify();
        try
        {
            if (!isUnheard || MayGreetAgain())
            {
                Greet(known);
            }
        }
        catch (ObjectDisposedException)
        {
            // The daemon stops: this call of the timer was under way when the timer was disposed, and the transport after it.
        }
    }

    private void Greet(ulong known)
    {
        // A greeting that finds no room is not missed: the next one follows.
        SendStatus status = ControlFrames.TrySend(
            _transport, _codec, _control, _generation, new Greeting(_chatInstance, _ipcNamespace, known));
        if (status == SendStatus.Sent)
        {
            lock (_gate)
            {
                _unanswered++;
                _lastGreetingNs = _clock.NowNs;
            }
        }
    }

    /// <summary>
    /// Greetings that nobody reads would fill the queue, which other channels' requests need too. So no more than a few lie there, and
    /// whoever comes finds those. Where nothing waits at all they were read, or lost with the queue; where something waits it may be
    /// others', so now and then another one follows, each after twice the pause before.
    /// </summary>
    private bool MayGreetAgain()
    {
        bool isEmpty = _transport.GetDepth(_control).Frames == 0;
        lock (_gate)
        {
            if (isEmpty)
            {
                _unanswered = 0;
                return true;
            }

            int doublings = Math.Clamp(_unanswered - MaxUnanswered + 1, 1, MaxDoublings);
            return _clock.NowNs - _lastGreetingNs >= (_options.HeartbeatMs * NsPerMs) << doublings;
        }
    }

    /// <summary>
    /// Tells the observer what has happened, in the order in which it did, one call at a time: a loss that were told after the return
    /// that followed it would leave the observer down for ever. What happens during a call is told by the thread that makes it.
    /// </summary>
    private void Notify()
    {
        lock (_gate)
        {
            if (_isNotifying)
            {
                return;
            }

            _isNotifying = true;
        }

        while (TryTakeNotice(out Notice notice))
        {
            try
            {
                Tell(notice);
            }
#pragma warning disable CA1031 // The next notice must be told all the same, and a timer's thread has nobody to throw to.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                PeersLog.ObserverFailed(_logger, exception);
            }
        }
    }

    private bool TryTakeNotice(out Notice notice)
    {
        lock (_gate)
        {
            if (_notices.TryDequeue(out notice))
            {
                return true;
            }

            _isNotifying = false;
            return false;
        }
    }

    private void Tell(in Notice notice)
    {
        if (notice.Arrival is { } arrival)
        {
            PeersLog.ChannelUp(_logger, notice.ChannelId, notice.Generation, notice.Admission);
            _observer.OnUp(arrival);
            return;
        }

        if (notice.IsClean)
        {
            PeersLog.ChannelLeft(_logger, _control.Instance + 1);
        }
        else
        {
            PeersLog.ChannelSilent(_logger, _control.Instance + 1, _options.LeaseMs);
        }

        _observer.OnDown(notice.IsClean);
    }

    /// <summary>What the observer is to be told: that the channelD is there, or (without an arrival) that it is not.</summary>
    private readonly record struct Notice(
        ChannelArrival? Arrival, bool IsClean, int ChannelId = 0, ulong Generation = 0, ulong Admission = 0);
}
