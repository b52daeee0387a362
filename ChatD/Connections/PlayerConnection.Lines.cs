using ChatD.Diagnostics;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;

namespace ChatD.Connections;

/// <content>What becomes of a line: checked here, asked of the channel, told to the player.</content>
internal sealed partial class PlayerConnection
{
    private async Task RunLineAsync(PendingLine line, string text)
    {
        try
        {
            ServerResult answer = LineCheck.FindFault(text, _options.MaxLineChars) is { } fault
                ? Answer(line, new Outcome<CommandResult> { Kind = OutcomeKind.Error, Code = fault })
                : Answer(line, await _services.Gateway.RunAsync(_session!, text, _gone.Token));
            _lines.Answer(line, answer);
        }
        catch (OperationCanceledException)
        {
            // The player has gone: nobody is left to be told, and the queue must still become empty.
            _lines.Answer(line, new ServerResult(line.LineId, 0, string.Empty, OutcomeKind.Unknown, OutcomeCodes.Internal, string.Empty, []));
        }
#pragma warning disable CA1031 // Nobody awaits this task. A fault in one line must neither be lost nor leave the later ones unanswered.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ChatLog.LineFailed(_services.Logger, _session!.Id, exception);
            _lines.Answer(line, Answer(line, new Outcome<CommandResult> { Kind = OutcomeKind.Error, Code = OutcomeCodes.Internal }));
        }
    }

    private ServerResult Answer(PendingLine line, in Outcome<CommandResult> outcome)
    {
        _services.Metrics.CountLine(outcome.Kind);
        CommandResult result = outcome.HasResult ? outcome.Result : new CommandResult(string.Empty, string.Empty, [], null);
        string code = outcome.Kind == OutcomeKind.Ok || result.Code.Length > 0 ? result.Code : outcome.Code ?? OutcomeCodes.Internal;
        string text = result.Text ?? _services.Gateway.Render(_session!.Language, result.Command, code, result.Arguments);
        return new ServerResult(line.LineId, outcome.RequestId, result.Command, outcome.Kind, code, text, result.Arguments);
    }
}
