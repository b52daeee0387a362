using System.Diagnostics;
using ChatD.Connections;
using ChatD.Diagnostics;
using ChatD.Gateway;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;

namespace ChatD.Stays;

/// <content>What becomes of a line: checked here, asked of the channel, told to the player.</content>
internal sealed partial class PlayerStay
{
    /// <summary>Takes a line in, once there is room for it, and has it run.</summary>
    /// <returns>Why the connection has to end; none where the line was taken.</returns>
    public async ValueTask<EndReason> TakeLineAsync(IStayConnection connection, ClientLine message)
    {
        LineEntry entry;
        long arrivedNs = _services.Metrics.IsTimed ? connection.ArrivedNs : 0;
        Activity? span = _services.Tracing.BeginLine(Session.Id);
        try
        {
            entry = await _lines.EnterAsync(connection.Outgoing, message, arrivedNs, span, _endedToken);
        }
        catch (OperationCanceledException)
        {
            EndRefused(span, EndReason.TakenOver);

            // Only a connection that was taken over can still wait when the stay ends.
            return EndReason.TakenOver;
        }

        if (entry.Line is { } line)
        {
            _events.Confirm(message.LastEventNumber);
            _ = RunLineAsync(line, message.Text);
        }
        else
        {
            EndRefused(span, entry.Fault);
        }

        return entry.Fault;
    }

    /// <summary>The last line that was taken in.</summary>
    public ulong LastReceivedLineId => _lines.LastReceivedLineId;

    /// <summary>Completes when no line is without an answer.</summary>
    public Task WhenAnsweredAsync() => _lines.WhenEmptyAsync();

    private static void EndRefused(Activity? span, EndReason reason)
    {
        if (span is not null)
        {
            LineTracing.EndRefused(span, reason);
        }
    }

    private async Task RunLineAsync(PendingLine line, string text)
    {
        if (line.Span is { } span)
        {
            // For what is logged of this line; undone where this method first waits, for whoever called it.
            Activity.Current = span;
        }

        AskedLine asked = default;
        try
        {
            Outcome<CommandResult> outcome = LineCheck.FindFault(text, _services.Options.MaxLineChars) is { } fault
                ? new Outcome<CommandResult> { Kind = OutcomeKind.Error, Code = fault }
                : await _services.Gateway.AskAsync(Session, text, line.Span, out asked, _endedToken);

            // From here on it is no more what has to be abandoned.
            AskedLine answered = asked;
            asked = default;
            if (ChannelGateway.TryEnd(Session, answered, ref outcome))
            {
                _lines.Answer(line, AnswerOf(line, outcome));
            }
            else
            {
                _ = FinishLineAsync(line, text, answered, outcome);
            }
        }
#pragma warning disable CA1031 // Nobody awaits this task. A fault in one line must neither be lost nor leave the later ones unanswered.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ChannelGateway.Abandon(Session, asked);
            AnswerFailed(line, exception);
        }
    }

    // Seldom; on its own, so that no other line has room for what this one keeps.
    private async Task FinishLineAsync(PendingLine line, string text, AskedLine asked, Outcome<CommandResult> outcome)
    {
        try
        {
            outcome = await _services.Gateway.FinishAsync(Session, text, line.Span, asked, outcome, _endedToken);
            _lines.Answer(line, AnswerOf(line, outcome));
        }
#pragma warning disable CA1031 // As above.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            AnswerFailed(line, exception);
        }
    }

    private void AnswerFailed(PendingLine line, Exception exception)
    {
        if (exception is OperationCanceledException)
        {
            // The stay has ended: nobody is left to be told, and the queue must still become empty.
            _lines.Answer(line, new ServerResult(line.LineId, 0, string.Empty, OutcomeKind.Unknown, OutcomeCodes.Internal, string.Empty, []));
            return;
        }

        ChatLog.LineFailed(_services.Logger, Session.Id, exception);
        _lines.Answer(line, AnswerOf(line, new Outcome<CommandResult> { Kind = OutcomeKind.Error, Code = OutcomeCodes.Internal }));
    }

    private ServerResult AnswerOf(PendingLine line, in Outcome<CommandResult> outcome)
    {
        CommandResult result = outcome.HasResult ? outcome.Result : new CommandResult(string.Empty, string.Empty, [], null);
        string code = outcome.Kind == OutcomeKind.Ok || result.Code.Length > 0 ? result.Code : outcome.Code ?? OutcomeCodes.Internal;
        string text = result.Text ?? _services.Gateway.Render(Session, result.Command, code, result.Arguments);
        _services.Metrics.CountLine(result.Command, outcome.Kind, line.ArrivedNs);
        var answer = new ServerResult(line.LineId, outcome.RequestId, result.Command, outcome.Kind, code, text, result.Arguments);
        if (line.Span is { } span)
        {
            LineTracing.Describe(span, answer);
        }

        return answer;
    }
}
