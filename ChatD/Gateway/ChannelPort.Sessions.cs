using System.Collections.Concurrent;
using System.Diagnostics;
using ChatD.Diagnostics;
using ChatD.Sessions;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Sessions;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;

namespace ChatD.Gateway;

/// <content>What the channelD knows of this chatD's sessions, and how that stays true.</content>
internal sealed partial class ChannelPort
{
    // How many sessions are announced at once: enough to fill a window, few enough to leave room for others.
    private const int AnnouncedAtOnce = 32;

    // Each once, whoever asks for it: every line of a session that the channelD does not know does.
    private readonly ConcurrentDictionary<PlayerSession, byte> _announcedLater = new();

    private static readonly TimeSpan s_retryAfter = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_readyStep = TimeSpan.FromMilliseconds(10);

    /// <summary>Asks the channelD to let a character in; it says where that one stands if it is in already.</summary>
    /// <param name="session">The session.</param>
    /// <param name="channel">Where to: the channel, of those that it runs.</param>
    /// <param name="map">The map.</param>
    /// <param name="span">The span of the player's log-in, or of his move; null where there is none or it is not traced.</param>
    /// <exception cref="OperationCanceledException">chatD stops.</exception>
    public ValueTask<Outcome<LogInResult>> LogInAsync(PlayerSession session, int channel, string map, Activity? span = null) =>
        Client.SendAsync<LogInRequest, LogInResult>(
            _requests,
            session.Id,
            new LogInRequest(session.Name.Display, channel, map, session.Key, session.HasEntered),
            span,
            waited: default,
            _services.StoppingToken);

    /// <summary>
    /// Logs a session out, until the channelD says that it is, or until nobody is left who could have it. Returns without that when chatD stops.
    /// </summary>
    /// <param name="session">The session: nothing logs it in here meanwhile.</param>
    /// <param name="stopping">Cancelled when chatD stops: its farewell ends all sessions.</param>
    /// <returns>Whether it was still there.</returns>
    public async Task<bool> LogOutAsync(PlayerSession session, CancellationToken stopping)
    {
        // A channel that has replaced another is told too: the log-in may have lain in the queue, for it to read.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_services.LeavingToken, stopping);
        long beganAt = _services.Time.GetTimestamp();
        TimeSpan pause = s_retryAfter;
        try
        {
            while (true)
            {
                limit.Token.ThrowIfCancellationRequested();
                if (!_isDown)
                {
                    Outcome<LogOutResult> outcome = await TryLogOutAsync(session, span: null, limit.Token);
                    if (outcome.Kind is OutcomeKind.Ok or OutcomeKind.Error)
                    {
                        session.NoteUnknownTo(this);
                        return outcome is { Kind: OutcomeKind.Ok, Result.WasThere: true };
                    }
                }
                else if (_services.Time.GetElapsedTime(beganAt) > 2 * _services.RequestTime && IsPresent() == false)
                {
                    // Its process has gone, and its game with it; and whoever comes does not run what is that old.
                    session.NoteUnknownTo(this);
                    return false;
                }

                // While the channel is away there may be thousands of these.
                await Task.Delay(pause, _services.Time, limit.Token);
                pause = pause < s_longestPause ? 2 * pause : s_longestPause;
            }
        }
        catch (OperationCanceledException)
        {
            // chatD stops: its farewell ends all sessions.
            return false;
        }
    }

    /// <summary>Asks once that a session be logged out.</summary>
    public ValueTask<Outcome<LogOutResult>> TryLogOutAsync(PlayerSession session, Activity? span, CancellationToken cancellationToken) =>
        Client.SendAsync<LogOutRequest, LogOutResult>(_requests, session.Id, default, span, waited: default, cancellationToken);

    /// <summary>Tells the channelD of a session that it owns and may not know, or not as it is.</summary>
    /// <returns>False where that is to be tried again.</returns>
    /// <exception cref="OperationCanceledException">chatD stops.</exception>
    public async Task<bool> AnnounceAsync(PlayerSession session)
    {
        session.NoteKnownTo(this);
        Outcome<LogInResult> outcome = await LogInAsync(session, session.Channel, session.Map);
        bool isFull = outcome is { Kind: OutcomeKind.Busy, Code: CommonCodes.ChannelFull };
        if (!session.IsInGame || session.Owner != this)
        {
            // It ended or moved while it was being announced: its log-out may have come first, so there is another one.
            await LogOutAsync(session, CancellationToken.None);
            return true;
        }

        if (MayComeLater(outcome))
        {
            // Its record cannot be loaded at present: the others must not wait for it.
            if (_announcedLater.TryAdd(session, 0))
            {
                _ = AnnounceLaterAsync(session);
            }

            return true;
        }

        if (outcome.Kind == OutcomeKind.Error || isFull)
        {
            // Somebody else plays that character by now, or the channel has other rules or less room: this session has lost it. One that
            // does not fit must not keep the others waiting for ever.
            ChatLog.AnnouncedInVain(_services.Logger, session.Id, Channel, outcome.Code ?? OutcomeCodes.Internal);
            session.IsInGame = false;
            session.NoteUnknownTo(this);
            session.Lose(outcome.Code is CommonCodes.NameTaken ? null : outcome.Code);
        }
        else if (outcome.Kind == OutcomeKind.Ok)
        {
            NotePlace(session, outcome.Result);
        }

        return isFull || outcome.Kind is OutcomeKind.Ok or OutcomeKind.Error;
    }

    /// <summary>Takes in where this channelD says that a session stands.</summary>
    public void NotePlace(PlayerSession session, in LogInResult place)
    {
        session.NotePlace(this, place);
        _listener.OnPlaced(session);
    }

    /// <summary>A session that was another's has been let in here, and is this channelD's from now on.</summary>
    public void TakeOver(PlayerSession session, in LogInResult place)
    {
        session.MoveTo(this, place);
        _listener.OnPlaced(session);
    }

    private static bool MayComeLater(in Outcome<LogInResult> outcome) => outcome
        is { Kind: OutcomeKind.Busy, Code: CommonCodes.StateUnavailable }
        or { Kind: OutcomeKind.Error, Code: OutcomeCodes.Internal or OutcomeCodes.HandlerTimeout };

    private async Task AnnounceLaterAsync(PlayerSession session)
    {
        try
        {
            await Task.Delay(s_longestPause, _services.Time, _services.StoppingToken);

            // The next answer that does not settle it has it announced once more.
            _ = _announcedLater.TryRemove(session, out _);
            while (session.IsInGame && session.Owner == this && !await AnnounceAsync(session))
            {
                await Task.Delay(s_longestPause, _services.Time, _services.StoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // chatD stops.
        }
#pragma warning disable CA1031 // Nobody awaits this task: the fault is said here or nowhere.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ChatLog.AnnounceFailed(_services.Logger, session.Id, Channel, exception);
        }
    }

    private bool? IsPresent() => _services.Node.Transport.IsPresent(new DaemonClaim(DaemonRole.ChannelD, _requests.Instance));
}
