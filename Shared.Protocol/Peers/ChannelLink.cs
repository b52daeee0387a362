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
    private ulong _channelGeneration;
    private ulong _admission;
    private ulong _departedGeneration;
    private long _lastAnswerNs;
    private long _lastHeartbeatNs;

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
    }

    /// <summary>Whether the channelD lives and admits this chatD.</summary>
    public bool IsUp => _isUp;

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

        ChannelArrival arrival;
        lock (_gate)
        {
            if (channelGeneration == _departedGeneration)
            {
                // It answered before it took its leave.
                return;
            }

            _lastAnswerNs = _clock.NowNs;
            arrival = channelGeneration != _channelGeneration ? ChannelArrival.Replaced
                : answer.Admission != _admission ? ChannelArrival.Readmitted
                : ChannelArrival.Returned;
            if (_isUp && arrival == ChannelArrival.Returned)
            {
                return;
            }

            _channelGeneration = channelGeneration;
            _admission = answer.Admission;
            _isUp = true;
        }

        PeersLog.ChannelUp(_logger, answer.ChannelId, channelGeneration, answer.Admission);
        _observer.OnUp(arrival);
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
        }

        PeersLog.ChannelLeft(_logger, _control.Instance + 1);
        _observer.OnDown(isClean: true);
    }

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
    public void Dispose() => _timer.Dispose();

    private void OnHeartbeat()
    {
        ulong known;
        bool isLost;
        lock (_gate)
        {
            // A process that was itself stopped or starved for long has not listened either: it asks once more before it judges.
            long nowNs = _clock.NowNs;
            long leaseNs = _options.LeaseMs * 1_000_000L;
            bool hasListened = nowNs - _lastHeartbeatNs <= leaseNs / 2;
            _lastHeartbeatNs = nowNs;
            isLost = _isUp && hasListened && nowNs - _lastAnswerNs > leaseNs;
            if (isLost)
            {
                _isUp = false;
            }

            known = _channelGeneration;
        }

        if (isLost)
        {
            PeersLog.ChannelSilent(_logger, _control.Instance + 1, _options.LeaseMs);
            _observer.OnDown(isClean: false);
        }

        // A greeting that finds no room is not missed: the next one follows.
        _ = ControlFrames.TrySend(_transport, _codec, _control, _generation, new Greeting(_chatInstance, _ipcNamespace, known));
    }
}
