using ChatD.Diagnostics;
using ChatD.Sessions;
using ChatD.Texts;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Sessions;
using Shared.Protocol.Peers;
using Shared.Protocol.Requests;

namespace ChatD.Gateway;

/// <content>What the channel knows of this chatD's sessions, and how that stays true.</content>
internal sealed partial class ChannelGateway
{
    // How many sessions are announced at once: enough to fill a window, few enough to leave room for others.
    private const int AnnouncedAtOnce = 32;

    private static readonly TimeSpan s_retryAfter = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks the channel to let a character in. Whatever the outcome, the session is ended by <see cref="EndSessionAsync"/>.</summary>
    public async ValueTask<Outcome<LogInResult>> LogInAsync(PlayerSession session)
    {
        var request = new LogInRequest(session.Name.Display, session.Channel, session.Map);
        if (_node is { Codec.CarriesSessions: false })
        {
            // C programs know no sessions: the names of this chatD are all that there are.
            return new Outcome<LogInResult>
            {
                Kind = OutcomeKind.Ok,
                Result = new LogInResult(request.Name, request.Channel, request.Map),
                HasResult = true,
            };
        }

        // Before the request: a channel that comes back meanwhile is told of it twice rather than never, and twice is once there.
        session.IsInGame = true;
        return await Client.SendAsync<LogInRequest, LogInResult>(_requests, session.Id, request, _stoppingToken);
    }

    /// <summary>
    /// Tells the channel that a session has ended, until it knows, and gives the name free then. Before that nobody could log in under
    /// this name anyway.
    /// </summary>
    public async ValueTask EndSessionAsync(PlayerSession session)
    {
        bool isKnown = session.IsInGame;
        session.IsInGame = false;
        try
        {
            if (isKnown)
            {
                await LogOutAsync(session);
            }
        }
        catch (OperationCanceledException)
        {
            // chatD stops: its farewell ends all sessions.
        }
        finally
        {
            _sessions.Remove(session);
        }
    }

    /// <inheritdoc/>
    public void OnUp(ChannelArrival arrival)
    {
        if (arrival == ChannelArrival.Returned)
        {
            _isDown = false;
            return;
        }

        long epoch = Interlocked.Increment(ref _epoch);
        _isDown = false;
        if (arrival == ChannelArrival.Replaced)
        {
            // Whatever the process before was asked is lost with it. What waits here goes to the new one.
            Client.EndAll(_requests, OutcomeCodes.PeerLost, busyCode: null);
        }

        _ = MakeReadyAsync(epoch);
    }

    /// <inheritdoc/>
    public void OnDown(bool isClean)
    {
        _isDown = true;
        if (isClean)
        {
            // It answers what it has before it goes; what it has not will be unknown at its deadline, or when the next one comes.
            return;
        }

        Client.EndAll(_requests, OutcomeCodes.PeerLost, OutcomeCodes.PeerDown);
    }

    /// <summary>
    /// Asks until it is answered, whichever process answers by then: a log-in that was meant for the one before may still lie in the mailbox,
    /// and only the answer to what was sent behind it proves that it has been dealt with.
    /// </summary>
    private async ValueTask LogOutAsync(PlayerSession session)
    {
        while (true)
        {
            if (!_isDown)
            {
                Outcome<LogOutResult> outcome = await Client.SendAsync<LogOutRequest, LogOutResult>(
                    _requests, session.Id, default, _stoppingToken);
                if (outcome.Kind is not (OutcomeKind.Busy or OutcomeKind.Unknown))
                {
                    return;
                }
            }

            await Task.Delay(s_retryAfter, _time, _stoppingToken);
        }
    }

    private async Task MakeReadyAsync(long epoch)
    {
        int announced = 0;
        while (Volatile.Read(ref _epoch) == epoch && !_stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (_node is { Codec.CarriesSessions: false } || (await TryFetchTextsAsync() && await TryAnnounceAsync()))
                {
                    if (TryBecomeReady(epoch))
                    {
                        ChatLog.ChannelReady(_logger, _textCount, announced);
                    }

                    return;
                }

                await Task.Delay(s_retryAfter, _time, _stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
#pragma warning disable CA1031 // Nobody awaits this task, and without it the channel would stay unready for ever.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                ChatLog.ChannelNotReady(_logger, exception);
                await Task.Delay(s_retryAfter, _time, CancellationToken.None);
            }
        }

        async ValueTask<bool> TryAnnounceAsync()
        {
            announced = 0;
            foreach (PlayerSession[] sessions in _sessions.InGame.Chunk(AnnouncedAtOnce))
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

    /// <summary>Only forward: what was begun for an earlier epoch can end when a later one is ready already.</summary>
    private bool TryBecomeReady(long epoch)
    {
        long ready;
        while ((ready = Volatile.Read(ref _readyEpoch)) < epoch)
        {
            if (Interlocked.CompareExchange(ref _readyEpoch, epoch, ready) == ready)
            {
                return true;
            }
        }

        return false;
    }

    private async ValueTask<bool> TryFetchTextsAsync()
    {
        Outcome<CatalogueResult> outcome = await Client.SendAsync<CatalogueRequest, CatalogueResult>(
            _requests, userId: 0, default, _stoppingToken);
        if (outcome.Kind != OutcomeKind.Ok)
        {
            return false;
        }

        _textCount = outcome.Result.Texts.Count;
        _texts = new TextCatalogue([.. ChatTexts.All, .. outcome.Result.Texts]);
        return true;
    }

    private async Task<bool> AnnounceAsync(PlayerSession session)
    {
        Outcome<LogInResult> outcome = await Client.SendAsync<LogInRequest, LogInResult>(
            _requests, session.Id, new LogInRequest(session.Name.Display, session.Channel, session.Map), _stoppingToken);
        if (outcome.Kind == OutcomeKind.Error)
        {
            // Somebody else plays that character by now, or the channel has other rules: this session has lost it.
            session.IsInGame = false;
            session.Lose();
        }
        else if (!session.IsInGame)
        {
            // It ended while it was being announced: its log-out may have come first, so there is another one.
            await LogOutAsync(session);
            return true;
        }

        return outcome.Kind is OutcomeKind.Ok or OutcomeKind.Error;
    }
}
