using ChatClient.Connection;
using ChatClient.Input;
using ChatClient.Output;
using Shared.Terminal;

namespace ChatClient.Conversation;

/// <summary>The whole of it: logs in, sends the input, shows the answers, and knows what to exit with.</summary>
/// <param name="options">What the user asked for.</param>
/// <param name="output">Where answers, events and notices are shown.</param>
/// <param name="report">Takes a sentence about what went wrong, for standard error.</param>
public sealed class ChatConversation(ChatOptions options, IOutput output, Action<string> report)
{
    // After a signal nobody wants to wait long; after the last answer the server has only its farewell left to say.
    private static readonly TimeSpan s_stoppingWait = TimeSpan.FromSeconds(2);

    // Without a bye the server keeps the session for a while, and with it the name; but a server that does not read is not waited for.
    private static readonly TimeSpan s_byeWait = TimeSpan.FromSeconds(1);

    /// <summary>Runs to the end.</summary>
    /// <param name="source">Makes the input, once the log-in has succeeded.</param>
    /// <param name="endOfInput">Ends the input early; what was sent is still waited for, briefly.</param>
    /// <param name="abort">Ends everything at once.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(Func<ILineSource> source, CancellationToken endOfInput, CancellationToken abort)
    {
        ArgumentNullException.ThrowIfNull(source);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(endOfInput, abort);
        Session session;
        try
        {
            session = await LogIn.StartAsync(options, output, stop.Token);
        }
        catch (LogInFailedException failure)
        {
            report(failure.Message);
            return ExitCodes.CannotConnect;
        }
        catch (OperationCanceledException)
        {
            report($"stopped before the log-in at {options.Server}");
            return ExitCodes.CannotConnect;
        }

        await using (session)
        {
            return await ConverseAsync(session, source(), endOfInput, abort);
        }
    }

    private async Task<int> ConverseAsync(Session session, ILineSource source, CancellationToken endOfInput, CancellationToken abort)
    {
        using var sendingStop = CancellationTokenSource.CreateLinkedTokenSource(abort);
        session.Start(endOfInput);
        Task sending = new LineSender(session).SendAllAsync(source, endOfInput, sendingStop.Token);
        await Task.WhenAny(sending, session.Running);

        bool inputEnded = sending.IsCompletedSuccessfully;
        if (inputEnded)
        {
            await WaitForAnswersAsync(session, endOfInput, abort);
        }

        bool isClosed = session.Running.IsCompleted;
        await sendingStop.CancelAsync();
        string lost = await EndOfAsync(sending) ?? await EndOfAsync(isClosed ? session.Running : Task.CompletedTask) ?? "the server closed it";
        await session.TrySayByeAsync(s_byeWait);
        bool allAnswered = session.Lines.Drained.IsCompleted;
        if (!allAnswered)
        {
            bool isLost = isClosed || (!inputEnded && !abort.IsCancellationRequested);
            await session.Inbox.EndRestAsync(
                isLost ? session.LossCode : ClientCodes.NotAnswered,
                isLost ? "The connection was lost before the answer came." : "The answer did not come in time.");
            report(Explain(session, isLost ? lost : null));
        }

        return allAnswered && session.Inbox.Tally.Unanswered == 0 ? ExitCodes.AllAnswered : ExitCodes.SomeUnanswered;
    }

    private async Task WaitForAnswersAsync(Session session, CancellationToken endOfInput, CancellationToken abort)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(abort);
        waiting.CancelAfter(options.AnswerTimeout);
        await using CancellationTokenRegistration stopping = endOfInput.UnsafeRegister(
            static state => ((CancellationTokenSource)state!).CancelAfter(s_stoppingWait), waiting);
        await WaitAsync(Task.WhenAny(session.Lines.Drained, session.Running), waiting.Token);

        waiting.CancelAfter(s_stoppingWait);
        if (session.Lines.Drained.IsCompleted)
        {
            await session.TrySayByeAsync(s_stoppingWait);
            await WaitAsync(session.Running, waiting.Token);
        }
    }

    private static async Task WaitAsync(Task task, CancellationToken cancellationToken) =>
        await task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static async Task<string?> EndOfAsync(Task task)
    {
        try
        {
            await task;
            return null;
        }
        catch (ConnectionLostException failure)
        {
            return failure.Message;
        }
        catch (IOException failure)
        {
            return $"the input cannot be read: {failure.Message}";
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private string Explain(Session session, string? lost)
    {
        long unanswered = session.Inbox.Tally.Unanswered;
        string what = lost is null ? $"stopped without all answers from {options.Server}"
            : session.Inbox.Refused is { } refused ? $"{options.Server} ended the session: {VisibleText.Of(refused.Text)} [{VisibleText.Of(refused.Code)}]"
            : $"the connection to {options.Server} was lost: {lost}";
        return unanswered == 0 ? what : $"{what} ({unanswered} lines ended busy or unknown)";
    }
}
