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
    private const string EventsMissedText = "Some messages may not have reached you.";

    private readonly SemaphoreSlim _turn = new(1, 1);
    private TaskCompletionSource<ServerLoggedIn> _loggedIn = NewLogIn();
    private ulong _lastAnsweredLineId;
    private ulong _lastEventNumber;
    private ulong _lastLostEventNumber;
    private bool _hadSession;

    // What the server said when it stopped: behind this line it has read none, so none of those was run. Null where it said nothing.
    private ulong? _lastReceivedLineId;
    private int _sessionId;

    /// <summary>How the lines ended.</summary>
    public ConversationTally Tally { get; } = new();

    /// <summary>The line whose answer came last in this session; 0 where none has come. For every thread.</summary>
    public ulong LastAnsweredLineId => Volatile.Read(ref _lastAnsweredLineId);

    /// <summary>The number of the last event of this session; 0 where none has come. For every thread.</summary>
    public ulong LastEventNumber => Volatile.Read(ref _lastEventNumber);

    /// <summary>The success of the log-in of the present connection; never ends where that fails.</summary>
    public Task<ServerLoggedIn> LoggedIn => _loggedIn.Task;

    /// <summary>Why the server refused the log-in or ended the connection; null while it did not. Read it after receiving has ended.</summary>
    public ServerRefused? Refused { get; private set; }

    /// <inheritdoc/>
    /// <remarks>A server that ends a session may still answer what was asked; one that refuses a log-in has said all.</remarks>
    public bool IsOver => Refused is not null && !lines.TryPeek(out _);

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

    /// <summary>Another connection takes the place of the one before, whose receiving has ended.</summary>
    public void BeginConnection()
    {
        _loggedIn = NewLogIn();
        _lastReceivedLineId = Refused?.LastReceivedLineId ?? _lastReceivedLineId;
        Refused = null;
    }

    /// <inheritdoc/>
    public void OnLoggedIn(in ServerLoggedIn message)
    {
        if (_loggedIn.Task.IsCompleted)
        {
            return;
        }

        // A log-in that made a new session may have lost its answer, and been repeated: then that session was resumed, not the one before it.
        bool isResumed = message.IsResumed && (!_hadSession || message.SessionId == _sessionId);
        if (isResumed)
        {
            if (_hadSession)
            {
                output.Notice(ClientCodes.Resumed, "The connection is back, and the session goes on.");
            }

            EndUpTo(message.LastLostLineId, ClientCodes.ResultLost, "The answer came while the connection was lost, and could not be kept.");
            NoteLostEvents(message.LastLostEventNumber);
        }
        else if (_hadSession)
        {
            output.Notice(ClientCodes.SessionLost, "The server does not know the session any more; a new one begins.");
            EndUpTo(_lastReceivedLineId ?? ulong.MaxValue, ClientCodes.SessionLost, "The session was lost before the answer came.");
            lines.Renumber();
            Volatile.Write(ref _lastAnsweredLineId, 0);
            Volatile.Write(ref _lastEventNumber, 0);
            _lastLostEventNumber = 0;
            output.Notice(ClientCodes.EventsMissed, EventsMissedText);
        }

        if (!_hadSession || !isResumed)
        {
            output.Notice(ClientCodes.LoggedIn, message.Text);
        }

        _lastReceivedLineId = null;
        _hadSession = true;
        _sessionId = message.SessionId;
        _loggedIn.SetResult(message with { IsResumed = isResumed });
    }

    /// <inheritdoc/>
    public void OnRefused(in ServerRefused message) => Refused ??= message;

    /// <inheritdoc/>
    public void OnResult(in ServerResult message)
    {
        if (!lines.TryPeek(out OutstandingLine line) || line.LineId != message.LineId)
        {
            string problem = line.LineId == 0
                ? $"the server answered line {message.LineId}, but no answer is due"
                : $"the server answered line {message.LineId}, but the next answer due is that of line {line.LineId}";
            throw new ConnectionLostException(problem) { IsServersFault = true };
        }

        // Shown before it is taken: whoever waits for the last line to be taken finds everything counted.
        Show(new LineResult(
            line.Text, message.Command, message.RequestId, message.Outcome, message.Code, message.Text, message.Arguments,
            Stopwatch.GetElapsedTime(line.SentAt)));
        Volatile.Write(ref _lastAnsweredLineId, line.LineId);
        lines.TryTake(out _);
        ShowRefused();
    }

    /// <inheritdoc/>
    public void OnEvent(in ServerEvent message)
    {
        ulong last = _lastEventNumber;
        if (message.Number == 0)
        {
            // A server that does not number its events.
            output.Event(message);
            return;
        }

        if (message.Number <= last)
        {
            // It was shown before its connection was lost, and was on its way once more.
            return;
        }

        if (message.Number > last + 1)
        {
            NoteLostEvents(message.Number - 1);
        }

        output.Event(message);
        Volatile.Write(ref _lastEventNumber, message.Number);
    }

    /// <inheritdoc/>
    public void OnNotice(in ServerNotice message) => output.Notice(message.Code, message.Text);

    /// <summary>Shows the lines that this client refused, as far as no answer is due before them.</summary>
    public async ValueTask ShowRefusedAsync(CancellationToken cancellationToken)
    {
        await OnBatchStartAsync(cancellationToken);
        ShowRefused();
        await OnBatchEndAsync(cancellationToken);
    }

    /// <summary>Shows a notice of this client.</summary>
    public async ValueTask ShowNoticeAsync(string code, string text, CancellationToken cancellationToken)
    {
        await OnBatchStartAsync(cancellationToken);
        output.Notice(code, text);
        await OnBatchEndAsync(cancellationToken);
    }

    /// <summary>Ends every line that is left as unknown.</summary>
    /// <param name="code">Why, as a code.</param>
    /// <param name="text">Why, for a person.</param>
    public async ValueTask EndRestAsync(string code, string text)
    {
        await OnBatchStartAsync(CancellationToken.None);
        EndUpTo(ulong.MaxValue, code, text);
        await OnBatchEndAsync(CancellationToken.None);
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private static TaskCompletionSource<ServerLoggedIn> NewLogIn() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Ends lines as unknown, those with a lower number first; lines that this client refused keep their place among them.
    private void EndUpTo(ulong lastLineId, string code, string text)
    {
        ShowRefused();
        while (lines.TryPeek(out OutstandingLine line) && line.LineId <= lastLineId)
        {
            Show(new LineResult(
                line.Text, string.Empty, 0, OutcomeKind.Unknown, code, text, [], Stopwatch.GetElapsedTime(line.SentAt)));
            Volatile.Write(ref _lastAnsweredLineId, line.LineId);
            lines.TryTake(out _);
            ShowRefused();
        }
    }

    // Of the events up to a number some are missing: said once.
    private void NoteLostEvents(ulong lastNumber)
    {
        if (lastNumber > _lastEventNumber && lastNumber > _lastLostEventNumber)
        {
            _lastLostEventNumber = lastNumber;
            output.Notice(ClientCodes.EventsMissed, EventsMissedText);
        }
    }

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
