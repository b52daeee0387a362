using System.Diagnostics;
using ChatD.Sessions;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Requests;

namespace ChatD.Gateway;

/// <content>
/// A player's line, with all that its answer asks for: after a change of channels the session is there when it ends. Lines of one session take effect in the order in which they
/// were asked, wherever they are run.
/// </content>
/// <remarks>Three calls rather than one asynchronous one, whose state would be the largest thing that a line allocates.</remarks>
internal sealed partial class ChannelGateway
{
    /// <summary>Asks a line of the channel. Its outcome is final once <see cref="TryEnd"/> says so; else <see cref="FinishAsync"/> has the final one.</summary>
    /// <param name="session">The player's.</param>
    /// <param name="line">The line as typed.</param>
    /// <param name="span">The line's span; null where it is not traced.</param>
    /// <param name="asked">What the calls that follow have to know; one of them, or <see cref="Abandon"/> where this fails, must follow.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public ValueTask<Outcome<CommandResult>> AskAsync(
        PlayerSession session, string line, Activity? span, out AskedLine asked, CancellationToken cancellationToken)
    {
        MoveGate gate = session.Moves;
        long sinceTimestamp = _client?.Timestamp ?? _time.GetTimestamp();
        if (!gate.TryEnter(out int number))
        {
            asked = new AskedLine(number, Port: null, 0, sinceTimestamp);
            return WaitAsync(session, line, span, asked, cancellationToken);
        }

        // In this order: a move that ends in between is noticed.
        int moveCount = gate.MoveCount;
        ChannelPort port = session.Owner ?? Ports.Home;
        asked = new AskedLine(number, port, moveCount, sinceTimestamp);
        return port.RunAsync(session, line, span, TimeSpan.Zero, cancellationToken);
    }

    /// <summary>Takes the outcome of <see cref="AskAsync"/>, and makes of it what the player is told.</summary>
    /// <returns>False where more has to be done, by <see cref="FinishAsync"/>.</returns>
    public static bool TryEnd(PlayerSession session, in AskedLine asked, ref Outcome<CommandResult> outcome)
    {
        if (asked.Port is not { } port)
        {
            return true;
        }

        if (WantsTransfer(outcome) || (WasRefusedUnrun(outcome) && MayHaveMoved(session, outcome, port, asked.MoveCount)))
        {
            return false;
        }

        Leave(session.Moves, asked.Number, MayHaveRun(outcome));
        outcome = AsTold(session, outcome);
        return true;
    }

    /// <summary><see cref="AskAsync"/> has failed: whether the line was run is not known.</summary>
    public static void Abandon(PlayerSession session, in AskedLine asked)
    {
        if (asked.Port is not null)
        {
            session.Moves.LeaveRun(asked.Number);
        }
    }

    /// <summary>Does what is left of a line for which <see cref="TryEnd"/> has said so: it goes where its session has moved, or its session moves.</summary>
    /// <param name="session">The player's.</param>
    /// <param name="line">The line as typed.</param>
    /// <param name="span">The line's span; null where it is not traced.</param>
    /// <param name="asked">What <see cref="AskAsync"/> has said.</param>
    /// <param name="outcome">Its outcome so far.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public ValueTask<Outcome<CommandResult>> FinishAsync(
        PlayerSession session, string line, Activity? span, AskedLine asked, Outcome<CommandResult> outcome, CancellationToken cancellationToken) =>
        RunOnAsync(session, line, span, asked, waiting: null, outcome, cancellationToken);

    private async ValueTask<Outcome<CommandResult>> WaitAsync(
        PlayerSession session, string line, Activity? span, AskedLine asked, CancellationToken cancellationToken)
    {
        var waiting = new WaitingLine(session, asked.Number, Ports.Home, line, span, _time, asked.SinceTimestamp, cancellationToken);
        session.Moves.Wait(waiting);
        Outcome<CommandResult> outcome = await waiting.WhenAnsweredAsync(_requestTime);
        return await RunOnAsync(session, line, span, asked, waiting, outcome, cancellationToken);
    }

    private async ValueTask<Outcome<CommandResult>> RunOnAsync(
        PlayerSession session,
        string line,
        Activity? span,
        AskedLine asked,
        WaitingLine? waiting,
        Outcome<CommandResult> outcome,
        CancellationToken cancellationToken)
    {
        MoveGate gate = session.Moves;
        bool isInWork = waiting?.IsInWork ?? true;
        bool mayHaveRun = true;
        try
        {
            ChannelPort port = waiting?.Port ?? asked.Port ?? Ports.Home;
            int moveCount = waiting?.MoveCount ?? asked.MoveCount;
            bool isConfirmed = false;
            while (isInWork && WasRefusedUnrun(outcome) && MayHaveMoved(session, outcome, port, moveCount))
            {
                if (waiting is { IsStillRefused: true })
                {
                    if (isConfirmed || gate.IsOvertaken(asked.Number) || !session.IsInGame || session.Owner != port || !port.IsReady)
                    {
                        break;
                    }

                    isConfirmed = true;
                    _ = Mover.ConfirmAsync(session, port);
                }

                // As often as the session moves, and no oftener. What the line has taken so far is not given once more.
                waiting = new WaitingLine(session, asked.Number, Ports.Home, line, span, _time, asked.SinceTimestamp, cancellationToken);
                waiting.NoteRefusal(port, moveCount, outcome);
                isInWork = false;
                gate.WaitAgain(waiting);
                outcome = await waiting.WhenAnsweredAsync(_requestTime);
                isInWork = waiting.IsInWork;
                (port, moveCount) = (waiting.Port ?? port, waiting.MoveCount);
            }

            if (WantsTransfer(outcome))
            {
                // From here on the move keeps the next lines waiting.
                isInWork = false;
                return await Mover.TransferAsync(session, asked.Number, outcome, span, cancellationToken);
            }

            mayHaveRun = MayHaveRun(outcome);
            return AsTold(session, outcome);
        }
        finally
        {
            if (isInWork)
            {
                Leave(gate, asked.Number, mayHaveRun);
            }
        }
    }

    private static void Leave(MoveGate gate, int number, bool mayHaveRun)
    {
        if (mayHaveRun)
        {
            gate.LeaveRun(number);
        }
        else
        {
            gate.Leave();
        }
    }

    private static bool WantsTransfer(in Outcome<CommandResult> outcome) => outcome is { Kind: OutcomeKind.Ok, Result.TransferTo: > 0 };

    private static bool MayHaveRun(in Outcome<CommandResult> outcome) => outcome.Kind != OutcomeKind.Busy && !WasRefusedUnrun(outcome);

    private static Outcome<CommandResult> AsTold(PlayerSession session, in Outcome<CommandResult> outcome) =>
        outcome is { Kind: OutcomeKind.Error, Code: CommonCodes.NoSession } && session.IsInGame
            ? new Outcome<CommandResult> { Kind = OutcomeKind.Busy, Code = OutcomeCodes.UnknownSession, RequestId = outcome.RequestId }
            : outcome;

    /// <summary>Whether a line was surely not run because the session was not there: if it has moved meanwhile, the line goes after it.</summary>
    private static bool WasRefusedUnrun(in Outcome<CommandResult> outcome) => outcome
        is { Kind: OutcomeKind.Busy, Code: OutcomeCodes.UnknownSession or OutcomeCodes.PeerDown }
        or { Kind: OutcomeKind.Error, Code: CommonCodes.NoSession };

    /// <summary>Whether the session may be elsewhere, or be on its way there: the answer that sends it there may be behind this one.</summary>
    private static bool MayHaveMoved(PlayerSession session, in Outcome<CommandResult> refusal, ChannelPort asked, int moveCount) =>
        refusal.Code != OutcomeCodes.PeerDown || session.Owner != asked || session.Moves.IsClosed || session.Moves.MoveCount != moveCount;
}
