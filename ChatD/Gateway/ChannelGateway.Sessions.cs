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
            port.NotePlace(session, place);
            return new Outcome<LogInResult> { Kind = OutcomeKind.Ok, Result = place, HasResult = true };
        }

        Outcome<LogInResult> outcome = await port.LogInAsync(session, session.Channel, session.Map, span);
        if (outcome.Kind == OutcomeKind.Ok)
        {
            port.NotePlace(session, outcome.Result);
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

    /// <summary>
    /// Runs a player's line, with all that its answer asks for: after a change of channels the session is there when this ends. Lines of one session take effect in the
    /// order of these calls, wherever they are run.
    /// </summary>
    /// <param name="session">The player's.</param>
    /// <param name="line">The line as typed.</param>
    /// <param name="span">The line's span; null where it is not traced.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Outcome<CommandResult>> RunAsync(
        PlayerSession session, string line, Activity? span, CancellationToken cancellationToken)
    {
        long beganAt = _time.GetTimestamp();
        MoveGate gate = session.Moves;
        bool isInWork = gate.TryEnter(out int number);
        bool mayHaveRun = true;
        try
        {
            WaitingLine? waiting = null;
            int moveCount = gate.MoveCount;
            ChannelPort asked = session.Owner ?? Ports.Home;
            Outcome<CommandResult> outcome;
            if (isInWork)
            {
                outcome = await asked.RunAsync(session, line, span, TimeSpan.Zero, cancellationToken);
            }
            else
            {
                waiting = new WaitingLine(session, number, Ports.Home, line, span, _time, beganAt, cancellationToken);
                gate.Wait(waiting);
                outcome = await waiting.WhenAnsweredAsync(_requestTime);
                isInWork = waiting.IsInWork;
                (asked, moveCount) = (waiting.Port ?? asked, waiting.MoveCount);
            }

            bool isConfirmed = false;
            while (isInWork && WasRefusedUnrun(outcome) && MayHaveMoved(session, outcome, asked, moveCount))
            {
                if (waiting is { IsStillRefused: true })
                {
                    if (isConfirmed || gate.IsOvertaken(number) || !session.IsInGame || session.Owner != asked || !asked.IsReady)
                    {
                        break;
                    }

                    isConfirmed = true;
                    _ = Mover.ConfirmAsync(session, asked);
                }

                // As often as the session moves, and no oftener. What the line has taken so far is not given once more.
                waiting = new WaitingLine(session, number, Ports.Home, line, span, _time, beganAt, cancellationToken);
                waiting.NoteRefusal(asked, moveCount, outcome);
                isInWork = false;
                gate.WaitAgain(waiting);
                outcome = await waiting.WhenAnsweredAsync(_requestTime);
                isInWork = waiting.IsInWork;
                (asked, moveCount) = (waiting.Port ?? asked, waiting.MoveCount);
            }

            if (outcome is { Kind: OutcomeKind.Ok, Result.TransferTo: > 0 })
            {
                // From here on the move keeps the next lines waiting.
                isInWork = false;
                return await Mover.TransferAsync(session, number, outcome, cancellationToken);
            }

            mayHaveRun = outcome.Kind != OutcomeKind.Busy && !WasRefusedUnrun(outcome);

            return outcome is { Kind: OutcomeKind.Error, Code: CommonCodes.NoSession } && session.IsInGame
                ? new Outcome<CommandResult> { Kind = OutcomeKind.Busy, Code = OutcomeCodes.UnknownSession, RequestId = outcome.RequestId }
                : outcome;
        }
        finally
        {
            if (isInWork && mayHaveRun)
            {
                gate.LeaveRun(number);
            }
            else if (isInWork)
            {
                gate.Leave();
            }
        }
    }

    /// <summary>Whether a line was surely not run because the session was not there: if it has moved meanwhile, the line goes after it.</summary>
    private static bool WasRefusedUnrun(in Outcome<CommandResult> outcome) => outcome
        is { Kind: OutcomeKind.Busy, Code: OutcomeCodes.UnknownSession or OutcomeCodes.PeerDown }
        or { Kind: OutcomeKind.Error, Code: CommonCodes.NoSession };

    /// <summary>Whether the session may be elsewhere, or be on its way there: the answer that sends it there may be behind this one.</summary>
    private static bool MayHaveMoved(PlayerSession session, in Outcome<CommandResult> refusal, ChannelPort asked, int moveCount) =>
        refusal.Code != OutcomeCodes.PeerDown || session.Owner != asked || session.Moves.IsClosed || session.Moves.MoveCount != moveCount;
}
