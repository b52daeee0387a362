using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Requests;
using Shared.Protocol.Wire;

namespace ChannelD.Gateway;

/// <summary>
/// Answers the lines of C programs, which have no session and cannot make texts of codes: as an ordinary player's of this channel, with the
/// text ready made.
/// </summary>
/// <param name="game">The game.</param>
internal sealed class LineHandler(GameChannel game)
{
    /// <summary>A line.</summary>
    public async ValueTask<ResultBody<CommandResult>> RunAsync(RequestContext context, CommandRequest request)
    {
        ResultBody<CommandResult> body = await game.RunAsync(session: null, request.Line, CancellationToken.None);
        CommandResult result = body.Message;
        return body with
        {
            Message = result with { Text = game.Texts.Render(Language.Korean, result.Command, result.Code, result.Arguments) },
        };
    }
}
