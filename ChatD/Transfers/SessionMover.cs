using System.Diagnostics;
using ChatD.Diagnostics;
using ChatD.Gateway;
using ChatD.Sessions;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Sessions;
using Shared.Protocol.Requests;

namespace ChatD.Transfers;

/// <summary>
/// Takes sessions from one channelD to another: in at the new one, then out at the old one, with the session's lines waiting meanwhile. Each step has
/// the deadline of a request, and at each moment it is known which channelDs may have the session (<see cref="PlayerSession.KnownTo"/>), so that it can
/// end, or its chatD stop, at any time. Safe on every thread.
/// </summary>
/// <param name="ports">The channelDs.</param>
/// <param name="services">What the gateway shares. Not owned.</param>
internal sealed class SessionMover(ChannelPorts ports, PortServices services)
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Does what a line's answer asks for: the session goes to the channel <see cref="CommandResult.TransferTo"/>. The line is in work, and taken out of that here; see
    /// <see cref="MoveGate.LeaveRun"/>.
    /// </summary>
    /// <param name="session">The session, which its channelD has marked as in transfer.</param>
    /// <param name="line">The line's number; see <see cref="MoveGate.TryEnter"/>.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="span">The line's span, of which the move is a part; null where it is not traced.</param>
    /// <param name="cancellationToken">Stops waiting; the move itself comes to an end that is known.</param>
    /// <returns>The answer as it was, with the session there; or Error <c>channel_unavailable</c>, with the session where it was.</returns>
    public async ValueTask<Outcome<CommandResult>> TransferAsync(
        PlayerSession session, int line, Outcome<CommandResult> answer, Activity? span, CancellationToken cancellationToken)
    {
        CommandResult wish = answer.Result;
        if (await MoveAsync(session, line, wish.TransferTo, wish.TransferMap, span).WaitAsync(cancellationToken))
        {
            return answer;
        }

        ChatLog.TransferFailed(services.Logger, session.Id, wish.TransferTo);
        return answer with
        {
            Kind = OutcomeKind.Error,
            Code = CommonCodes.ChannelUnavailable,
            Result = new CommandResult(wish.Command, CommonCodes.ChannelUnavailable, [], null),
        };
    }

    /// <summary>
    /// A channelD refuses the lines of a session that it should have: it has lost it, or holds it to be on its way, and the word of that was lost. It is told of it anew,
    /// as if the session had moved there; a channelD that does not want it says so. Does nothing while a move is under way.
    /// </summary>
    public async Task ConfirmAsync(PlayerSession session, ChannelPort owner)
    {
        if (!session.Moves.TryClose())
        {
            return;
        }

        try
        {
            await ReturnAsync(session, owner);
        }
        catch (OperationCanceledException)
        {
            // chatD stops.
        }
#pragma warning disable CA1031 // Nobody awaits this task: the fault is said here or nowhere.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ChatLog.MoveFailed(services.Logger, session.Id, exception);
        }
        finally
        {
            session.Moves.Open();
        }
    }

    /// <summary>Takes a session that another channelD runs, mostly the home one, to that of its channel, which has come.</summary>
    /// <returns>Whether nothing is left to do: it is there, or ends, or has gone elsewhere.</returns>
    public async Task<bool> BringHomeAsync(PlayerSession session, ChannelPort own)
    {
        if (!session.Moves.TryClose())
        {
            return session.Moves.HasEnded;
        }

        try
        {
            ChannelPort home = session.Owner ?? ports.Home;
            if (home == own || session.Channel != own.Channel)
            {
                return true;
            }

            // Where it stands now; a home that is away knows no more than was said before.
            return (!home.IsReady || await home.AnnounceAsync(session))
                && (!session.IsInGame || session.Channel != own.Channel || await MoveNowAsync(session, home, own.Channel, session.Map, span: null));
        }
        catch (OperationCanceledException)
        {
            return true;
        }
        finally
        {
            session.Moves.Open();
        }
    }

    private async Task<bool> MoveAsync(PlayerSession session, int line, int channel, string? map, Activity? span)
    {
        try
        {
            while (!session.Moves.TryClose())
            {
                if (session.Moves.HasEnded)
                {
                    return false;
                }

                await session.Moves.WhenOpenAsync();
            }
        }
        finally
        {
            // The line that asked for it. Not before: what was typed behind it would go.
            session.Moves.LeaveRun(line);
        }

        Activity? move = null;
        bool isThere = false;
        try
        {
            move = LineTracing.BeginMove(span, session.Id);
            return isThere = await MoveNowAsync(session, session.Owner ?? ports.Home, channel, map ?? session.Map, move);
        }
        catch (OperationCanceledException)
        {
            // chatD stops: its farewell ends the session, wherever it is.
            return false;
        }
#pragma warning disable CA1031 // Whoever waits for the move may have gone: the fault is said here or nowhere.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ChatLog.MoveFailed(services.Logger, session.Id, exception);
            return false;
        }
        finally
        {
            session.Moves.Open();
            LineTracing.EndMove(move, isThere);
        }
    }

    private async Task<bool> MoveNowAsync(PlayerSession session, ChannelPort from, int channel, string map, Activity? span)
    {
        ChannelPort to = ports.For(channel);
        if (to == from)
        {
            return await StayAsync(session, from, channel, map, span);
        }

        // One that has not confirmed an earlier log-out must not be asked in: that log-out, which is still repeated, would end the new stay.
        if (session.KnownTo.Contains(to) || !await to.WhenReadyAsync(services.StoppingToken))
        {
            await ReturnAsync(session, from);
            return false;
        }

        long epoch = to.Epoch;
        session.NoteKnownTo(to);
        Outcome<LogInResult> outcome = await to.LogInAsync(session, channel, map, span);
        switch (outcome.Kind)
        {
            case OutcomeKind.Ok:
                to.TakeOver(session, outcome.Result);
                ChatLog.Moved(services.Logger, session.Id, from.Channel, to.Channel);
                if (to.Epoch != epoch)
                {
                    // The process that let it in has gone since, and its successor was perhaps told of its sessions before this was one.
                    _ = RestoreAsync(session, to);
                }

                await LeaveAsync(session, from, span);
                return true;
            case OutcomeKind.Unknown:
                // It may be there, or yet come there.
                _ = LogOutLaterAsync(session, to);
                await ReturnAsync(session, from);
                return false;
            default:
                session.NoteUnknownTo(to);
                await ReturnAsync(session, from);
                return false;
        }
    }

    /// <summary>One channelD runs both channels: it says which one the session is in.</summary>
    private async Task<bool> StayAsync(PlayerSession session, ChannelPort owner, int channel, string map, Activity? span)
    {
        if (await owner.LogInAsync(session, channel, map, span) is { Kind: OutcomeKind.Ok } outcome)
        {
            owner.NotePlace(session, outcome.Result);
            return session.Channel == channel;
        }

        await ReturnAsync(session, owner);
        return session.Channel == channel;
    }

    /// <summary>Logs a session out where it was. One that does not answer in time, or is away, learns it as soon as it can.</summary>
    private async Task LeaveAsync(PlayerSession session, ChannelPort from, Activity? span)
    {
        if (session.Moves.HasEnded)
        {
            // Its end does.
            return;
        }

        if (from.IsReady
            && await from.TryLogOutAsync(session, span, services.LeavingToken) is { Kind: OutcomeKind.Ok or OutcomeKind.Error })
        {
            session.NoteUnknownTo(from);
            return;
        }

        _ = LogOutLaterAsync(session, from);
    }

    /// <summary>Ends the transfer at the channelD that still owns the session: it logs in there as if it had not been.</summary>
    private async Task ReturnAsync(PlayerSession session, ChannelPort owner)
    {
        if (session.IsInGame && !(owner.IsReady && await owner.AnnounceAsync(session)))
        {
            _ = RestoreAsync(session, owner);
        }
    }

    /// <summary>Tells a session's owner of it until it knows, or somebody else has to.</summary>
    private async Task RestoreAsync(PlayerSession session, ChannelPort owner)
    {
        TimeSpan pause = s_firstPause;
        try
        {
            while (session.IsInGame && session.Owner == owner)
            {
                if (owner.IsReady && await owner.AnnounceAsync(session))
                {
                    return;
                }

                await Task.Delay(pause, services.Time, services.StoppingToken);
                pause = pause < s_longestPause ? 2 * pause : s_longestPause;
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
            ChatLog.MoveFailed(services.Logger, session.Id, exception);
        }
    }

    private async Task LogOutLaterAsync(PlayerSession session, ChannelPort stray)
    {
        try
        {
            // Where it was in both games, the owner may have taken the other for the later one, and have let it go.
            if (await stray.LogOutAsync(session, CancellationToken.None) && session.IsInGame && session.Owner is { } owner && owner != stray)
            {
                await RestoreAsync(session, owner);
            }
        }
#pragma warning disable CA1031 // Nobody awaits this task: the fault is said here or nowhere.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ChatLog.MoveFailed(services.Logger, session.Id, exception);
        }
    }
}
