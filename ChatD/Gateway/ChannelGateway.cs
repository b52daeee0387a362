using ChatD.Configuration;
using ChatD.Diagnostics;
using ChatD.Events;
using ChatD.Sessions;
using ChatD.Texts;
using ChatD.Transfers;
using Microsoft.Extensions.Options;
using Shared.Protocol.Hosting;
using Shared.Protocol.Hosting.Ipc;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Events;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;

namespace ChatD.Gateway;

/// <summary>
/// chatD's way to the game: owns the queues and the requests, has a <see cref="ChannelPort"/> for each channelD, and knows which of them a session's
/// lines go to.
/// </summary>
internal sealed partial class ChannelGateway : IHostedLifecycleService, IDaemonPulse, IPortListener, IDisposable
{
    // Of the 4.5 s that a stop may take; the players then have 1 s to read how their last lines ended.
    private static readonly TimeSpan s_drainTime = TimeSpan.FromSeconds(2.5);

    private readonly IpcOptions _ipc;
    private readonly ChatOptions _options;
    private readonly TimeSpan _requestTime;
    private readonly SessionRegistry _sessions;
    private readonly IpcNodeFactory _openNode;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationToken _stoppingToken;
    private readonly CancellationTokenSource _leaving = new();
    private readonly CancellationToken _leavingToken;
    private IpcNode? _node;
    private RequestClient? _client;
    private ChannelPorts? _ports;
    private SessionMover? _mover;
    private Homecomings? _homecoming;
    private EventReceiver? _events;
    private EventFanOut? _fanOut;
    private ITimer? _drain;
    private readonly TextCatalogue _ownTexts = new(ChatTexts.All);

    /// <summary>Makes a gateway that is not started.</summary>
    public ChannelGateway(
        IOptions<IpcOptions> ipc,
        IOptions<ChatOptions> options,
        SessionRegistry sessions,
        IpcNodeFactory openNode,
        TimeProvider time,
        ILoggerFactory loggers)
    {
        _ipc = ipc.Value;
        _requestTime = TimeSpan.FromMilliseconds(_ipc.RequestTimeoutMs);
        _options = options.Value;
        _sessions = sessions;
        _openNode = openNode;
        _time = time;
        _loggers = loggers;
        _logger = loggers.CreateLogger<ChannelGateway>();
        _stoppingToken = _stopping.Token;
        _leavingToken = _leaving.Token;
    }

    /// <summary>Whether the home channelD is there and knows its sessions.</summary>
    public bool IsReady => _ports is { Home.IsReady: true };

    /// <inheritdoc/>
    public string Status => IsReady ? $"Channel {_options.HomeChannel} is there." : $"Waiting for channel {_options.HomeChannel}.";

    /// <summary>How many requests have not ended.</summary>
    public int InFlightCount => _client?.InFlightCount ?? 0;

    /// <summary>The channelDs. From the start on.</summary>
    public ChannelPorts Ports => _ports ?? throw NotStarted();

    private TextCatalogue Texts => Ports.Home.Texts ?? Ports.All.FirstOrDefault(port => port.Texts is not null)?.Texts ?? _ownTexts;

    private SessionMover Mover => _mover ?? throw NotStarted();

    private Homecomings Homecoming => _homecoming ?? throw NotStarted();

    /// <inheritdoc/>
    public ValueTask<bool> BeatAsync(TimeSpan limit, CancellationToken cancellationToken) =>
        _node?.BeatAsync(new Mailbox(MailboxKind.Result, _options.Instance), limit, cancellationToken) ?? ValueTask.FromResult(false);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _node = _openNode(new DaemonClaim(DaemonRole.ChatD, _options.Instance));
        var results = new Mailbox(MailboxKind.Result, _options.Instance);
        _client = _node.CreateClient(results);
        var services = new PortServices(
            _node,
            _client,
            _options.Instance,
            _requestTime,
            _ipc.MaxPending,
            _sessions,
            _time,
            _loggers,
            _logger,
            _stoppingToken,
            _leavingToken);
        _ports = new ChannelPorts(services, _options.HomeChannel, this);
        _mover = new SessionMover(_ports, services);
        _homecoming = new Homecomings(_mover, services);
        _node.Transport.StartReading(results, _client);
        if (_node.Codec.CarriesSessions)
        {
            var reports = new ReportSender(_node.Transport, _node.Codec, _node.Generation, _options.Instance);
            _fanOut = new EventFanOut(_sessions, instance => Ports.Find(instance + 1)?.Texts ?? Texts, reports, End, _time, _logger);
            _events = new EventReceiver(_node.Codec, _ports, _fanOut, _logger);
            _node.Transport.StartReading(new Mailbox(MailboxKind.Event, _options.Instance), _events);
        }

        ChatLog.Started(
            _logger,
            _options.Instance,
            _ipc.RequestKey,
            _ipc.EffectiveResultKey,
            _ipc.Wire.ToString(),
            _node.Transport.Limits.MaxFrameBytes,
            _node.WindowBytes,
            _options.Listen);
        _ports.Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Before the players go: Kestrel waits for each of them, so nobody may wait for a channel that does not answer. What is in flight has
    /// a while to end by itself, and no session is logged out on its own any more.
    /// </remarks>
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        _drain = _time.CreateTimer(
            static gateway => ((ChannelGateway)gateway!)._client?.Dispose(), this, s_drainTime, Timeout.InfiniteTimeSpan);
        _leaving.CancelHere();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    /// <remarks>The players have gone by now: Kestrel, which was started last, stops first.</remarks>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping.CancelHere();
        if (_node is null)
        {
            return;
        }

        if (_drain is not null)
        {
            await _drain.DisposeAsync();
        }

        _fanOut?.Dispose();
        _ports?.SayFarewell();
        _ports?.Dispose();
        _client?.Dispose();
        if (_client is { Statistics: { } counts })
        {
            ChatLog.Stopped(
                _logger,
                _options.Instance,
                counts.Accepted,
                counts.Ok,
                counts.Errors,
                counts.Busy,
                counts.Unknown,
                counts.Cancelled,
                counts.Late,
                counts.Stale,
                counts.WrongUser,
                counts.Malformed);
        }

        await _node.DisposeAsync();
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose()
    {
        _drain?.Dispose();
        _fanOut?.Dispose();
        _ports?.Dispose();
        _client?.Dispose();
        _events?.Dispose();
        _stopping.Dispose();
        _leaving.Dispose();
    }

    /// <summary>The sentence of a code, in a player's language: with the home channelD's texts, or those of any that has sent some.</summary>
    public string Render(Language language, string command, string code, IReadOnlyList<string> arguments) =>
        Texts.Render(language, command, code, arguments);

    /// <summary>The sentence of a code for a session, in its language: with the texts of the channelD that it is with.</summary>
    public string Render(PlayerSession session, string command, string code, IReadOnlyList<string> arguments) =>
        session.Owner?.Texts is { } texts
            ? texts.Render(session.Language, command, code, arguments)
            : Render(session.Language, command, code, arguments);

    /// <inheritdoc/>
    public void OnReady(ChannelPort port, int announced)
    {
        _fanOut?.OnTextsChanged();
        if (announced > 0)
        {
            // For a while the channelD did not know them: whatever was said then is not theirs.
            _fanOut?.OnLoss(port);
        }

        Homecoming.Begin(port);
    }

    /// <inheritdoc/>
    public void OnHomeMissing() => ChatLog.HomeMissing(_logger, _options.HomeChannel, _ipc.RequestKey, _ipc.Transport.ToString(), _ipc.Wire.ToString());

    /// <inheritdoc/>
    /// <remarks>Its own channelD has looked for its sessions already, when it came: this one was not among them, or elsewhere.</remarks>
    public void OnPlaced(PlayerSession session)
    {
        if (Ports.For(session.Channel) is { IsReady: true } own && own != session.Owner)
        {
            Homecoming.Begin(own);
        }
    }

    /// <summary>A channelD has ended a session.</summary>
    private void End(int channelInstance, SessionEnded ended)
    {
        if (Ports.Find(channelInstance + 1) is not { } port || _sessions.Find(ended.UserId) is not { } session)
        {
            // It ended here at the same time.
            return;
        }

        // On its way from one to another both have a say: the answer of the one may be behind this. What a third has left of it does not count.
        if (session.Owner == port || (session.Moves.IsClosed && session.KnownTo.Contains(port)))
        {
            ChatLog.SessionEndedByChannel(_logger, session.Id, port.Channel);
            session.Lose(ended.Code.Length > 0 ? ended.Code : null);
        }
    }

    private static InvalidOperationException NotStarted() => new("The gateway is not started.");
}
