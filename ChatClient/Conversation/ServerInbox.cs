using System.Diagnostics;
using ChatClient.Connection;
using ChatClient.Output;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;

namespace ChatClient.Conversation;

/// <summary>
/// Takes what the server sends: matches answers to lines, counts them, and shows everything. The receiving task is in it from the start
/// of a batch to its end; the methods that end in Async are for every task and wait for their turn.
/// </summary>
/// <param name="lines">The lines whose answers are due.</param>
/// <param name="output">Where everything is shown.</param>
public sealed class ServerInbox(OutstandingLines lines, IOutput output) : IServerMessages, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly TaskCompletionSource<ServerLoggedIn> _loggedIn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How the lines ended.</summary>
    public ConversationTally Tally { get; } = new();

    /// <summary>The success of the log-in; never ends where that fails.</summary>
    public Task<ServerLoggedIn> LoggedIn => _loggedIn.Task;

    /// <summary>Why the server refused the log-in or ended the session; null while it did not. Read it after receiving has ended.</summary>
    public ServerRefused? Refused { get; private set; }

    /// <inheritdoc/>
    public async ValueTask OnBatchStartAsync(CancellationToken cancellationToken) => await _turn.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask OnBatchEndAsync(CancellationToken cancellationToken)
    {
        try
        {
            await output.FlushAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void OnLoggedIn(in ServerLoggedIn message)
    {
        if (_loggedIn.TrySetResult(message))
        {
            output.Notice(ClientCodes.LoggedIn, message.Text);
        }
    }

    /// <inheritdoc/>
    public void OnRefused(in ServerRefused message) => Refused ??= message;

    /// <inheritdoc/>
    public void OnResult(in ServerResult message)
    {
        if (!lines.TryPeek(out OutstandingLine line) || line.LineId != message.LineId)
        {
            throw new ConnectionLostException(line.LineId == 0
                ? $"the server answered line {message.LineId}, but no answer is due"
                : $"the server answered line {message.LineId}, but the next answer due is that of line {line.LineId}");
        }

        // Shown before it is taken: whoever waits for the last line to be taken finds everything counted.
        Show(new LineResult(
            line.Text, message.Command, message.RequestId, message.Outcome, message.Code, message.Text, message.Arguments,
            Stopwatch.GetElapsedTime(line.SentAt)));
        lines.TryTake(out _);
        ShowRefused();
    }

    /// <inheritdoc/>
    public void OnEvent(in ServerEvent message) => output.Event(message);

    /// <inheritdoc/>
    public void OnNotice(in ServerNotice message) => output.Notice(message.Code, message.Text);

    /// <summary>Shows the lines that this client refused, as far as no answer is due before them.</summary>
    public async ValueTask ShowRefusedAsync(CancellationToken cancellationToken)
    {
        await OnBatchStartAsync(cancellationToken);
        ShowRefused();
        await OnBatchEndAsync(cancellationToken);
    }

    /// <summary>Ends every line that is left as unknown.</summary>
    /// <param name="code">Why, as a code.</param>
    /// <param name="text">Why, for a person.</param>
    public async ValueTask EndRestAsync(string code, string text)
    {
        await OnBatchStartAsync(CancellationToken.None);
        while (lines.TryPeek(out OutstandingLine line))
        {
            if (line.Fault is null)
            {
                Show(new LineResult(
                    line.Text, string.Empty, 0, OutcomeKind.Unknown, code, text, [], Stopwatch.GetElapsedTime(line.SentAt)));
                lines.TryTake(out _);
            }

            ShowRefused();
        }

        await OnBatchEndAsync(CancellationToken.None);
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private void ShowRefused()
    {
        while (lines.TryPeek(out OutstandingLine line) && line.Fault is { } fault)
        {
            Show(new LineResult(line.Text, string.Empty, 0, OutcomeKind.Error, fault, line.FaultText ?? fault, [], TimeSpan.Zero));
            lines.TryTake(out _);
        }
    }

    private void Show(in LineResult result)
    {
        Tally.Count(result.Outcome);
        output.Result(result);
    }
}
