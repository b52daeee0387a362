using System.Diagnostics;
using System.Runtime.CompilerServices;
using ChatD.Sessions;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Sessions;
using Shared.Protocol.Requests;

namespace ChatD.Gateway;

/// <content>Whom a session's log-in, lines and log-out go to.</content>
internal sealed partial class ChannelGateway
{
    /// <summary>See <see cref="RequestClient.TryBeginBurst"/>: several lines at hand are to leave together.</summary>
    public bool TryBeginBurst() => _client?.TryBeginBurst() ?? false;

    /// <summary>Ends what <see cref="TryBeginBurst"/> has begun, on the same thread.</summary>
    public void EndBurst() => _client?.EndBurst();

    /// <summary>Whether a player can log in to a channel now: whoever runs it is there. Waits a little for one that has just been seen, or restarts.</summary>
    public ValueTask<bool> CanLogInAsync(int channel) => Ports.For(channel).WhenReadyAsync(_stoppingToken, waitsForRestart: true);

    /// <summary>Asks the channel to let a character in. Whatever the outcome, the session is ended by <see cref="EndSessionAsync"/>.</summary>
    /// <param name="session">The session.</param>
    /// <param name="span">The log-in's span; null where it is not traced.</param>
    public async ValueTask<Outcome<LogInResult>> LogInAsync(PlayerSession session, Activity? span)
    {
        ChannelPort port = Ports.For(session.Channel);

        // Before the request: a channel that comes back meanwhile is told of it twice rather than never, and twice is once there.
        session.Begin(port);
        if (_node is { Codec.CarriesSessions: false })
        {
            // C programs know no sessions: the names of this chatD are all that there are.
            var place = new LogInResult(session.Name.Display, session.Channel, session.Map);
            session.IsInGame = false;
            session.NoteUnknownTo(port);
            session.NotePlace(port, place);
            return new Outcome<LogInResult> { Kind = OutcomeKind.Ok, Result = place, HasResult = true };
        }

        Outcome<LogInResult> outcome = await port.LogInAsync(session, session.Channel, session.Map, span);
        if (outcome.Kind == OutcomeKind.Ok)
        {
            session.NotePlace(port, outcome.Result);
            if (Ports.For(session.Channel) is { IsReady: true } own && own != port)
            {
                // It came up meanwhile, and has looked for its sessions already.
                Homecoming.Begin(own);
            }
        }

        return outcome;
    }

    /// <summary>
    /// Tells whichever channelD may know it that a session has ended, until they do, and gives the name free then. Before that nobody could log
    /// in under this name anyway.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="stopping">Cancelled when chatD stops: its farewell ends all sessions.</param>
    public async ValueTask EndSessionAsync(PlayerSession session, CancellationToken stopping = default)
    {
        session.IsInGame = false;
        try
        {
            Task moved = session.Moves.EndAsync();
            if (!moved.IsCompleted)
            {
                // It notices by itself that it is not wanted any more; each of its steps has its deadline. Afterwards it is known who has the session.
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(_leavingToken, stopping);
                await moved.WaitAsync(limit.Token).ConfigureAwait(
                    ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }

            IReadOnlyList<ChannelPort> ports = session.KnownTo;
            if (ports.Count == 1)
            {
                await ports[0].LogOutAsync(session, stopping);
            }
            else if (ports.Count > 1)
            {
                await Task.WhenAll(ports.Select(port => port.LogOutAsync(session, stopping)));
            }
        }
        finally
        {
            _sessions.Remove(session);
        }
    }

    /// <summary>Runs a player's line, with all that its answer asks for: after a change of channels the session is there when this ends.</summary>
    /// <param name="session">The player's.</param>
    /// <param name="line">The line as typed.</param>
    /// <param name="span">The line's span; null where it is not traced.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Outcome<CommandResult>> RunAsync(
        PlayerSession session, string line, Activity? span, CancellationToken cancellationToken)
    {
        const int MaxAttempts = 2;
        long beganAt = _time.GetTimestamp();
        Outcome<CommandResult> outcome = default;
        for (int attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            ChannelPort? asked;
            if (session.Moves.IsClosed && new WaitingLine(line, span, _time, beganAt, cancellationToken) is var waiting && session.Moves.TryWait(waiting))
            {
                outcome = await waiting.WhenAnsweredAsync();
                asked = waiting.Port;
            }
            else
            {
                asked = session.Owner ?? Ports.Home;

                // What the first attempt took is not given once more: it may have waited for a channelD that did not come back.
                TimeSpan waited = attempt == 1 ? TimeSpan.Zero : _time.GetElapsedTime(beganAt);
                outcome = await asked.RunAsync(session, line, span, waited, cancellationToken);
            }

            if (!WasRefusedUnrun(outcome))
            {
                break;
            }

            if (session.Owner == asked && !session.Moves.IsClosed)
            {
                if (outcome is { Kind: OutcomeKind.Error, Code: CommonCodes.NoSession } && session.IsInGame)
                {
                    // It was ended there, and the word of that was lost: it is told of it anew, or learns why not. The line was surely not run.
                    asked?.AnnounceSoon(session);
                    outcome = new Outcome<CommandResult> { Kind = OutcomeKind.Busy, Code = OutcomeCodes.UnknownSession, RequestId = outcome.RequestId };
                }

                break;
            }
        }

        return outcome is { Kind: OutcomeKind.Ok, Result.TransferTo: > 0 }
            ? await Mover.TransferAsync(session, outcome, cancellationToken)
            : outcome;
    }

    /// <summary>Whether a line was surely not run because the session was not there: if it has moved meanwhile, the line goes after it.</summary>
    private static bool WasRefusedUnrun(in Outcome<CommandResult> outcome) => outcome
        is { Kind: OutcomeKind.Busy, Code: OutcomeCodes.UnknownSession or OutcomeCodes.PeerDown }
        or { Kind: OutcomeKind.Error, Code: CommonCodes.NoSession };
}
