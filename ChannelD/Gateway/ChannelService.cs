using ChannelD.Commands;
using ChannelD.Diagnostics;
using ChannelD.Events;
using ChannelD.Presence;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shared.Protocol.Hosting;
using Shared.Protocol.Hosting.Ipc;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Sessions;
using Shared.Protocol.Peers;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;

namespace ChannelD.Gateway;

/// <summary>channelD's way to its chatDs: owns the queues and the links, and has requests answered by the game.</summary>
internal sealed class ChannelService : IHostedService, IChatPeersObserver, IDaemonPulse, IDisposable
{
    // Of the 4.5 s that a stop may take: what has arrived is answered in that time, the rest ends at its asker's deadline.
    private static readonly TimeSpan s_drainTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_drainStep = TimeSpan.FromMilliseconds(10);

    private readonly IpcOptions _ipc;
    private readonly ChannelOptions _options;
    private readonly GameChannel _game;
    private readonly CommandRegistry _commands;
    private readonly EventRelay _relay;
    private readonly PresenceParts _presenceParts;
    private readonly IpcNodeFactory _openNode;
    private readonly TimeProvider _time;
    private readonly FaultRecorder _faults;
    private readonly DrainSwitch _drain;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _logger;
    private readonly Mailbox _requests;
    private IpcNode? _node;
    private RequestServer? _server;
    private volatile bool _isReading;
    private LineTurns? _turns;
    private ChatPeers? _peers;
    private EventOutboxes? _events;
    private ChannelPresence? _presence;
    private ControlDispatcher? _control;

    /// <summary>Makes a service that is not started.</summary>
    public ChannelService(
        IOptions<IpcOptions> ipc,
        IOptions<ChannelOptions> options,
        GameChannel game,
        CommandRegistry commands,
        EventRelay relay,
        PresenceParts presence,
        IpcNodeFactory openNode,
        TimeProvider time,
        FaultRecorder faults,
        DrainSwitch drain,
        ILoggerFactory loggers)
    {
        _ipc = ipc.Value;
        _options = options.Value;
        _game = game;
        _commands = commands;
        _relay = relay;
        _presenceParts = presence;
        _openNode = openNode;
        _time = time;
        _faults = faults;
        _drain = drain;
        _loggers = loggers;
        _logger = loggers.CreateLogger<ChannelService>();
        _requests = new Mailbox(MailboxKind.Request, _options.Id - 1);
    }

    /// <summary>How many requests have been taken and not answered.</summary>
    public int UnansweredCount => _server?.UnansweredCount ?? 0;

    /// <inheritdoc/>
    /// <remarks>It works without a chatD: those come and go.</remarks>
    public bool IsReady => _isReading;

    /// <inheritdoc/>
    public string Status => _isReading ? $"Channel {_options.Id}: answering." : "Starting.";

    /// <inheritdoc/>
    public ValueTask<bool> BeatAsync(TimeSpan limit, CancellationToken cancellationToken) =>
        _isReading && _node is { } node ? node.BeatAsync(_requests, limit, cancellationToken) : ValueTask.FromResult(false);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _node = _openNode(new DaemonClaim(DaemonRole.ChannelD, _requests.Instance));
        _server = _node.CreateServer(_faults.Report);
        if (_node.Codec.CarriesSessions)
        {
            _peers = new ChatPeers(
                _node.Transport,
                _node.Codec,
                _options.Id,
                _node.Generation,
                _node.IpcNamespace,
                _node.Peers,
                _time,
                this,
                _loggers.CreateLogger<ChatPeers>());
            _events = new EventOutboxes(
                _node.Transport, _node.Codec, _node.Generation, _peers.GetAdmitted, _time, _loggers.CreateLogger<EventOutboxes>());
            _relay.SendTo(_events);
            _turns = new LineTurns(_game, _time, _ipc.HandlerTimeoutMs);
            var handlers = new SessionHandlers(_game, _peers, _drain, _turns);
            _server.Handle<LogInRequest, LogInResult>(handlers.LogInAsync);
            _server.Handle<LogOutRequest, LogOutResult>(handlers.LogOutAsync);
            _server.Handle<CommandRequest, CommandResult>(handlers.RunAsync);
            _server.Handle<CatalogueRequest, CatalogueResult>(handlers.GetCatalogueAsync);
            _presence = new ChannelPresence(
                _presenceParts,
                _node.Transport,
                _node.Codec,
                _options.Id,
                _node.Generation,
                _node.Peers,
                _time,
                _loggers.CreateLogger<ChannelPresence>());
            _control = new ControlDispatcher(_node.Codec, _peers, _loggers.CreateLogger<ControlDispatcher>());
            _control.Handle(MessageTypes.PresenceUpdate, _presence);
            _control.Handle(MessageTypes.PresenceAck, _presence);
            _control.Handle(MessageTypes.DeliveryReport, new ReportReceiver(_events));
            _node.Transport.StartReading(_requests with { Kind = MailboxKind.Control }, _control);
            _presence.Start();
        }
        else
        {
            _server.Handle<CommandRequest, CommandResult>(new LineHandler(_game).RunAsync);
        }

        ChannelLog.Started(
            _logger,
            _options.Id,
            _ipc.RequestKey,
            _ipc.EffectiveResultKey,
            _ipc.Wire.ToString(),
            _node.Transport.Limits.MaxFrameBytes,
            _node.Transport.Limits.RequestCapacityBytes,
            _node.Transport.Limits.ResultCapacityBytes,
            string.Join(' ', _commands.All.Select(command => "/" + command.Description.Names[0])));
        _server.StartReading(_requests);
        _isReading = true;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_node is null)
        {
            return;
        }

        _isReading = false;
        _peers?.SayFarewell();
        _presence?.SayFarewell();
        await DrainAsync(cancellationToken);
        _turns?.Dispose();
        _peers?.Dispose();
        _presence?.Dispose();
        if (_server is { Statistics: { } counts })
        {
            _server.Dispose();
            ChannelLog.Stopped(
                _logger,
                _options.Id,
                counts.Received,
                counts.Answered,
                counts.Expired,
                counts.Dropped,
                counts.Malformed,
                counts.Unknown,
                counts.Failed,
                counts.TimedOut);
        }

        _events?.Dispose();
        _control?.Stop();
        await _node.DisposeAsync();
    }

    /// <inheritdoc/>
    public void OnSessionsEnded(int chatInstance, ulong exceptGeneration)
    {
        _ = _game.EndEarlierSessionsOf(chatInstance, exceptGeneration);
        _events?.OnSessionsEnded(chatInstance, exceptGeneration);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _turns?.Dispose();
        _peers?.Dispose();
        _presence?.Dispose();
        _events?.Dispose();
        _server?.Dispose();
        _control?.Dispose();
    }

    /// <summary>
    /// Answers what has arrived and what chatDs send until they know of the stop, and sends what players are to be shown of it. A chatD says when all that it
    /// asked has ended; one that hangs does not, and C programs may always send more, so there is a limit.
    /// </summary>
    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        long beganAt = _time.GetTimestamp();
        long received = -1;

        // Quiet when nothing waits to be answered and nothing came during a whole step: depth alone would also count the results. What is
        // left after the limit ends at its asker's deadline.
        while (_server is { } server
            && (server.UnansweredCount > 0
                || server.Statistics.Received != received
                || _events is { PendingCount: > 0 }
                || _peers?.IsLeaveTaken() == false)
            && _time.GetElapsedTime(beganAt) < s_drainTime
            && !cancellationToken.IsCancellationRequested)
        {
            received = server.Statistics.Received;
            await Task.Delay(s_drainStep, _time, CancellationToken.None);
        }
    }
}
