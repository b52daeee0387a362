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
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(1);

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
    /// <param name="session">The session.</param>
    /// <param name="stopping">Cancelled when chatD stops: its farewell ends all sessions.</param>
    public async ValueTask EndSessionAsync(PlayerSession session, CancellationToken stopping = default)
    {
        bool isKnown = session.IsInGame;
        session.IsInGame = false;
        try
        {
            if (isKnown)
            {
                await LogOutAsync(session, stopping);
            }
        }
        finally
        {
            _sessions.Remove(session);
        }
    }

    /// <summary>Logs a session out, until a channel says that it is. Returns without that when chatD stops.</summary>
    private async Task LogOutAsync(PlayerSession session, CancellationToken stopping)
    {
        // A channel that has replaced another is told too: the log-in may have lain in the queue, for it to read.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_leavingToken, stopping);
        TimeSpan pause = s_retryAfter;
        try
        {
            while (true)
            {
                limit.Token.ThrowIfCancellationRequested();
                if (!_isDown)
                {
                    Outcome<LogOutResult> outcome = await Client.SendAsync<LogOutRequest, LogOutResult>(
                        _requests, session.Id, default, limit.Token);
                    if (outcome.Kind is OutcomeKind.Ok or OutcomeKind.Error)
                    {
                        return;
                    }
                }

                // While the channel is away there may be thousands of these.
                await Task.Delay(pause, _time, limit.Token);
                pause = pause < s_longestPause ? 2 * pause : s_longestPause;
            }
        }
        catch (OperationCanceledException)
        {
            // chatD stops: its farewell ends all sessions.
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

        // Whatever the process before was asked is lost with it; and one that had given this chatD up has dropped the answers for it. What waits
        // here goes to the one that is there now.
        Client.EndAll(_requests, OutcomeCodes.PeerLost, busyCode: null);
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

    private async Task MakeReadyAsync(long epoch)
    {
        int announced = 0;
        while (Volatile.Read(ref _epoch) == epoch && !_stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (_node is { Codec.CarriesSessions: false } || (await TryFetchTextsAsync() && await TryAnnounceAsync()))
                {
                    NoteReady(epoch);
                    ChatLog.ChannelReady(_logger, _textCount, announced);
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
            _requests, userId: 0, default, _stoppingToken);
        if (outcome.Kind != OutcomeKind.Ok)
        {
            return false;
        }

        _textCount = outcome.Result.Texts.Count;
        _texts = new TextCatalogue([.. outcome.Result.Texts, .. ChatTexts.All]);
        return true;
    }

    private async Task<bool> AnnounceAsync(PlayerSession session)
    {
        Outcome<LogInResult> outcome = await Client.SendAsync<LogInRequest, LogInResult>(
            _requests, session.Id, new LogInRequest(session.Name.Display, session.Channel, session.Map), _stoppingToken);
        bool isFull = outcome is { Kind: OutcomeKind.Busy, Code: CommonCodes.ChannelFull };
        if (outcome.Kind == OutcomeKind.Error || isFull)
        {
            // Somebody else plays that character by now, or the channel has other rules or less room: this session has lost it. One that
            // does not fit must not keep the others waiting for ever.
            session.IsInGame = false;
            session.Lose();
        }
        else if (!session.IsInGame)
        {
            // It ended while it was being announced: its log-out may have come first, so there is another one.
            await LogOutAsync(session, CancellationToken.None);
            return true;
        }

        return isFull || outcome.Kind is OutcomeKind.Ok or OutcomeKind.Error;
    }
}
