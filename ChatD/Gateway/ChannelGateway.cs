using ChatD.Configuration;
using ChatD.Diagnostics;
using ChatD.Sessions;
using ChatD.Texts;
using Microsoft.Extensions.Options;
using Shared.Protocol.Hosting;
using Shared.Protocol.Hosting.Ipc;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Peers;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;

namespace ChatD.Gateway;

/// <summary>
/// chatD's way to its channel: owns the queues, the requests, and the link; says at once when the channel is not there; and makes a
/// channel that has come (back) ready, by fetching its texts and announcing the sessions to it.
/// </summary>
internal sealed partial class ChannelGateway : IHostedLifecycleService, IChannelLinkObserver, IDisposable
{
    // Of the 4.5 s that a stop may take; the players then have 1 s to read how their last lines ended.
    private static readonly TimeSpan s_drainTime = TimeSpan.FromSeconds(2.5);

    private readonly IpcOptions _ipc;
    private readonly ChatOptions _options;
    private readonly SessionRegistry _sessions;
    private readonly IpcNodeFactory _openNode;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _logger;
    private readonly Mailbox _requests;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationToken _stoppingToken;
    private readonly CancellationTokenSource _leaving = new();
    private readonly CancellationToken _leavingToken;
    private IpcNode? _node;
    private RequestClient? _client;
    private ChannelLink? _link;
    private EventReceiver? _events;
    private ITimer? _drain;
    private volatile TextCatalogue _texts = new(ChatTexts.All);

    // How often a channel has come that knew no session, and for which of them everything was made ready last.
    private long _epoch;
    private long _readyEpoch = -1;
    private volatile bool _isDown = true;
    private int _textCount;

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
        _options = options.Value;
        _sessions = sessions;
        _openNode = openNode;
        _time = time;
        _loggers = loggers;
        _logger = loggers.CreateLogger<ChannelGateway>();
        _stoppingToken = _stopping.Token;
        _leavingToken = _leaving.Token;
        _requests = new Mailbox(MailboxKind.Request, _options.HomeChannel - 1);
    }

    /// <summary>Whether the channel is there and knows this chatD's sessions.</summary>
    public bool IsReady => !_isDown && Volatile.Read(ref _readyEpoch) == Volatile.Read(ref _epoch);

    /// <summary>How many requests have not ended.</summary>
    public int InFlightCount => _client?.InFlightCount ?? 0;

    private RequestClient Client => _client ?? throw new InvalidOperationException("The gateway is not started.");

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _node = _openNode(new DaemonClaim(DaemonRole.ChatD, _options.Instance));
        var results = new Mailbox(MailboxKind.Result, _options.Instance);
        _client = _node.CreateClient(results);
        _link = new ChannelLink(
            _node.Transport,
            _node.Codec,
            _options.Instance,
            _requests.Instance,
            _node.Generation,
            _node.IpcNamespace,
            _node.Peers,
            _time,
            this,
            _loggers.CreateLogger<ChannelLink>());
        _node.Transport.StartReading(results, _client);
        if (_node.Codec.CarriesSessions)
        {
            _events = new EventReceiver(_node.Codec, _link, _logger);
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
        _link.Start();
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

        _link?.SayFarewell();
        _link?.Dispose();
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
        _link?.Dispose();
        _client?.Dispose();
        _events?.Dispose();
        _stopping.Dispose();
        _leaving.Dispose();
    }

    /// <summary>The sentence of a code, in a player's language.</summary>
    public string Render(Language language, string command, string code, IReadOnlyList<string> arguments) =>
        _texts.Render(language, command, code, arguments);

    /// <summary>Runs a player's line.</summary>
    public ValueTask<Outcome<CommandResult>> RunAsync(PlayerSession session, string line, CancellationToken cancellationToken) =>
        IsReady
            ? Client.SendAsync<CommandRequest, CommandResult>(_requests, session.Id, new CommandRequest(line), cancellationToken)
            : new ValueTask<Outcome<CommandResult>>(new Outcome<CommandResult> { Kind = OutcomeKind.Busy, Code = OutcomeCodes.PeerDown });
}
