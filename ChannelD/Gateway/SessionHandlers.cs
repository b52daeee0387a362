using ChannelD.Directory;
using Shared.Protocol.Hosting;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Sessions;
using Shared.Protocol.Peers;
using Shared.Protocol.Requests;
using Shared.Protocol.Wire;

namespace ChannelD.Gateway;

/// <summary>
/// Answers the requests of chatDs. Log-ins and lines are those of admitted ones alone, for nothing of an earlier process may be acted on; a
/// log-out names the process by its generation, and texts are nobody's.
/// </summary>
/// <param name="game">The game.</param>
/// <param name="peers">Who is admitted.</param>
/// <param name="drain">Whether nobody is let in.</param>
/// <param name="turns">Runs the lines, those of one session in their order.</param>
internal sealed class SessionHandlers(GameChannel game, ChatPeers peers, DrainSwitch drain, LineTurns turns)
{
    /// <summary>A character enters.</summary>
    public async ValueTask<ResultBody<LogInResult>> LogInAsync(RequestContext context, LogInRequest request)
    {
        if (!IsAdmitted(context))
        {
            return ResultBody<LogInResult>.Busy(OutcomeCodes.UnknownSession);
        }

        SessionId session = SessionOf(context);
        if (drain.IsOn && game.IsArrival(session, request))
        {
            return ResultBody<LogInResult>.Busy(CommonCodes.Draining);
        }

        ResultBody<LogInResult> result = await game.LogInAsync(session, request);
        if (!IsAdmitted(context))
        {
            // Its chatD was given up meanwhile: its sessions were ended before this one was there.
            _ = game.LogOut(session);
            return ResultBody<LogInResult>.Busy(OutcomeCodes.UnknownSession);
        }

        return result;
    }

    /// <summary>A character leaves.</summary>
    public ValueTask<ResultBody<LogOutResult>> LogOutAsync(RequestContext context, LogOutRequest request) =>
        ValueTask.FromResult(game.LogOut(SessionOf(context)));

    /// <summary>A player's line.</summary>
    public ValueTask<ResultBody<CommandResult>> RunAsync(RequestContext context, CommandRequest request) =>
        IsAdmitted(context)
            ? turns.RunAsync(SessionOf(context), request, context.DeadlineNs)
            : ValueTask.FromResult(ResultBody<CommandResult>.Busy(OutcomeCodes.UnknownSession));

    /// <summary>The texts of all commands.</summary>
    public ValueTask<ResultBody<CatalogueResult>> GetCatalogueAsync(RequestContext context, CatalogueRequest request) =>
        ValueTask.FromResult(ResultBody<CatalogueResult>.Ok(game.Catalogue));

    private static SessionId SessionOf(RequestContext context) => new(context.ReplyTo.Instance, context.Generation, context.UserId);

    private bool IsAdmitted(RequestContext context) => peers.IsAdmitted(context.ReplyTo.Instance, context.Generation);
}
