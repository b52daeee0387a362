using System.Diagnostics;
using ChatD.Diagnostics;
using ChatD.Sessions;
using ChatD.Texts;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Peers;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;

namespace ChatD.Gateway;

/// <summary>
/// chatD's way to one channelD: its mailbox and its link; says at once when it is not there; and makes it ready when it has come (back), by
/// fetching its texts and announcing the sessions that it owns. Safe on every thread.
/// </summary>
internal sealed partial class ChannelPort : IChannelLinkObserver, IDisposable
{
    private readonly PortServices _services;
    private readonly Mailbox _requests;
    private readonly IPortListener _listener;
    private volatile TextCatalogue? _texts;

    // How often a channel has come that knew no session, and for which of them everything was made ready last.
    private long _epoch;
    private long _readyEpoch = -1;
    private volatile bool _isDown = true;
    private volatile bool _hasLeft;
    private readonly ParkedLines _parked;
    private readonly CancellationTokenRegistration _leaving;
    private int _textCount;

    /// <summary>Makes a port that is down until <see cref="Start"/> has been answered.</summary>
    /// <param name="services">What ports share. Not owned.</param>
    /// <param name="channel">The number of the channelD, from 1.</param>
    /// <param name="listener">Hears of it. Not owned.</param>
    public ChannelPort(PortServices services, int channel, IPortListener listener)
    {
        _services = services;
        Channel = channel;
        _listener = listener;
        _requests = new Mailbox(MailboxKind.Request, channel - 1);
        _parked = new ParkedLines(services.MaxParkedLines, services.Time);
        _leaving = services.LeavingToken.UnsafeRegister(
            static parked => ((ParkedLines)parked!).End(OutcomeCodes.Stopping, isOver: true), _parked);
        Link = new ChannelLink(
            services.Node.Transport,
            services.Node.Codec,
            services.ChatInstance,
            _requests.Instance,
            services.Node.Generation,
            services.Node.IpcNamespace,
            services.Node.Peers,
            services.Time,
            this,
            services.Loggers.CreateLogger<ChannelLink>());
    }

    /// <summary>The number of the channelD, which is that of the channel it runs.</summary>
    public int Channel { get; }

    /// <summary>The link. Owned.</summary>
    public ChannelLink Link { get; }

    /// <summary>Whether the channelD is there and knows the sessions that it owns.</summary>
    public bool IsReady => !_isDown && Volatile.Read(ref _readyEpoch) == Volatile.Read(ref _epoch);

    /// <summary>How often a channelD has come that knew no session.</summary>
    public long Epoch => Volatile.Read(ref _epoch);

    /// <summary>The sentences that this channelD has sent, with chatD's own; null before the first time.</summary>
    public TextCatalogue? Texts => _texts;

    private RequestClient Client => _services.Client;

    /// <summary>Begins to greet.</summary>
    public void Start() => Link.Start();

    /// <summary>
    /// Waits for a channelD that was never ready, but whose process is there: it has just been seen, and is being made ready. Any other is ready or
    /// it is not.
    /// </summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="waitsForRestart">Whether to wait, too, for one that has taken its leave a moment ago, and may restart.</param>
    /// <returns>Whether it is ready.</returns>
    public async ValueTask<bool> WhenReadyAsync(CancellationToken cancellationToken, bool waitsForRestart = false)
    {
        long beganAt = _services.Time.GetTimestamp();
        while (!IsReady
            && ((waitsForRestart && _parked.IsParking) || (Volatile.Read(ref _readyEpoch) < 0 && IsPresent() == true))
            && _services.Time.GetElapsedTime(beganAt) < _services.RequestTime)
        {
            await Task.Delay(s_readyStep, _services.Time, cancellationToken);
        }

        return IsReady;
    }

    /// <summary>Runs a player's line; while the channelD restarts it waits a little.</summary>
    /// <param name="session">Whose line it is.</param>
    /// <param name="line">The line.</param>
    /// <param name="span">The line's span; null where it is not traced.</param>
    /// <param name="waited">How much of its time is over.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public ValueTask<Outcome<CommandResult>> RunAsync(
        PlayerSession session, string line, Activity? span, TimeSpan waited, CancellationToken cancellationToken)
    {
        if (_parked.IsParking)
        {
            return ParkAsync(session, line, span, waited, cancellationToken);
        }

        if (!IsReady)
        {
            return new ValueTask<Outcome<CommandResult>>(new Outcome<CommandResult> { Kind = OutcomeKind.Busy, Code = OutcomeCodes.PeerDown });
        }

        ValueTask<Outcome<CommandResult>> sent = SendAsync(session, line, span, waited, cancellationToken);
        if (!sent.IsCompletedSuccessfully)
        {
            return sent;
        }

#pragma warning disable VSTHRD002, VSTHRD103 // It has completed: taking its result does not wait.
        Outcome<CommandResult> outcome = sent.Result;
#pragma warning restore VSTHRD002, VSTHRD103
        return outcome is { Kind: OutcomeKind.Busy, Code: OutcomeCodes.PeerDown, RequestId: 0 } && _parked.IsParking

            // The farewell came between the look and the sending.
            ? ParkAsync(session, line, span, waited, cancellationToken)
            : new ValueTask<Outcome<CommandResult>>(outcome);
    }

    /// <inheritdoc/>
    public void OnUp(ChannelArrival arrival)
    {
        Client.SetBatching(_requests, Link.TakesBatches);
        bool hadLeft = _hasLeft;
        _hasLeft = false;
        Client.Open(_requests);
        if (arrival == ChannelArrival.Returned)
        {
            _isDown = false;
            if (IsReady)
            {
                // What was being brought here may have stopped half way.
                _listener.OnReady(this, 0);
            }

            return;
        }

        long epoch = Interlocked.Increment(ref _epoch);
        _isDown = false;

        // Whatever the process before was asked is lost with it; and one that had given this chatD up has dropped the answers for it. What waits
        // here goes to the one that is there now. But one that has taken its leave has answered what it read, and what it has not read lies in the queue, for the
        // next one to answer: that ends by itself.
        if (!hadLeft)
        {
            Client.EndAll(_requests, OutcomeCodes.PeerLost, busyCode: null);
        }

        _ = MakeReadyAsync(epoch);
    }

    /// <inheritdoc/>
    public void OnDown(bool isClean)
    {
        Client.SetBatching(_requests, takesBatches: false);
        if (isClean)
        {
            // In this order: whoever is refused by the client finds the lines waiting.
            _hasLeft = true;
            _parked.Begin();
            Client.Close(_requests);
            _isDown = true;

            // Once more: who had just made it ready may have ended the waiting before it was down.
            _parked.Begin();
            _ = LeaveAsync(Link.ChannelGeneration);
            return;
        }

        _isDown = true;
        _parked.End(OutcomeCodes.PeerDown);
        Client.EndAll(_requests, OutcomeCodes.PeerLost, OutcomeCodes.PeerDown);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _leaving.Dispose();
        Link.Dispose();
    }

    private ValueTask<Outcome<CommandResult>> SendAsync(
        PlayerSession session, string line, Activity? span, TimeSpan waited, CancellationToken cancellationToken)
    {
        if (waited >= _services.RequestTime)
        {
            return new ValueTask<Outcome<CommandResult>>(new Outcome<CommandResult> { Kind = OutcomeKind.Busy, Code = OutcomeCodes.Overloaded });
        }

        string? lastWhisperFrom = line.StartsWith('/') ? session.LastWhisperFrom : null;
        return Client.SendAsync<CommandRequest, CommandResult>(
            _requests, session.Id, new CommandRequest(line, lastWhisperFrom), span, waited, cancellationToken);
    }

    private async Task MakeReadyAsync(long epoch)
    {
        int announced = 0;
        while (Volatile.Read(ref _epoch) == epoch && !_services.StoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!_services.Node.Codec.CarriesSessions || (!_hasLeft && await TryFetchTextsAsync() && await TryAnnounceAsync()))
                {
                    NoteReady(epoch);
                    if (Volatile.Read(ref _epoch) != epoch)
                    {
                        // What waits is handed on by the task of the later one, and by nobody beside it.
                        return;
                    }

                    SendParked();
                    ChatLog.ChannelReady(_services.Logger, Channel, _textCount, announced);
                    _listener.OnReady(this, announced);
                    return;
                }

                await Task.Delay(s_retryAfter, _services.Time, _services.StoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
#pragma warning disable CA1031 // Nobody awaits this task, and without it the channel would stay unready for ever.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                ChatLog.ChannelNotReady(_services.Logger, exception);
                await Task.Delay(s_retryAfter, _services.Time, CancellationToken.None);
            }
        }

        async ValueTask<bool> TryAnnounceAsync()
        {
            announced = 0;
            foreach (PlayerSession[] sessions in _services.Sessions.InGame.Where(session => session.Owner == this).Chunk(AnnouncedAtOnce))
            {
                bool[] known = await Task.WhenAll(sessions.Select(AnnounceAsync));
                if (!known.All(isKnown => isKnown))
                {
                    return false;
                }

                announced += known.Length;
            }

            return true;
        }
    }

    private void NoteReady(long epoch)
    {
        // The task of an earlier epoch may come here after that of a later one.
        long seen = Volatile.Read(ref _readyEpoch);
        while (seen < epoch)
        {
            long found = Interlocked.CompareExchange(ref _readyEpoch, epoch, seen);
            if (found == seen)
            {
                return;
            }

            seen = found;
        }
    }

    private async ValueTask<bool> TryFetchTextsAsync()
    {
        Outcome<CatalogueResult> outcome = await Client.SendAsync<CatalogueRequest, CatalogueResult>(
            _requests, userId: 0, default, _services.StoppingToken);
        if (outcome.Kind != OutcomeKind.Ok)
        {
            return false;
        }

        _textCount = outcome.Result.Texts.Count;
        _texts = new TextCatalogue([.. outcome.Result.Texts, .. ChatTexts.All]);
        return true;
    }
}
