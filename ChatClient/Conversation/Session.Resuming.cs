using System.Diagnostics;
using System.Net.Sockets;
using ChatClient.Connection;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;

namespace ChatClient.Conversation;

/// <content>How the session survives its connections.</content>
internal sealed partial class Session
{
    // A connection that held so long was a good one, even without an answer: the next loss is a new trouble.
    private static readonly TimeSpan s_calm = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan s_connectTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_stoppingWait = TimeSpan.FromSeconds(2);

    private readonly BackOff _backOff = new();

    private async Task RunAsync(CancellationToken endOfInput)
    {
        long troubleSince = 0;
        ulong answeredBefore = 0;
        while (true)
        {
            long connectedAt = Stopwatch.GetTimestamp();
            if (await WaitForLossAsync() is not { } reason)
            {
                return;
            }

            // A server that takes every connection and drops it at once is no reason to go on for ever.
            if (troubleSince == 0 || Inbox.LastAnsweredLineId != answeredBefore || Stopwatch.GetElapsedTime(connectedAt) > s_calm)
            {
                troubleSince = Stopwatch.GetTimestamp();
                _backOff.Reset();
            }
            else if (Stopwatch.GetElapsedTime(troubleSince) > _resumeWindow)
            {
                throw _lost = new ConnectionLostException($"{reason}, again and again");
            }

            answeredBefore = Inbox.LastAnsweredLineId;
            await ReconnectAsync(reason, troubleSince, endOfInput);
        }
    }

    // Null where the server has ended the session; throws where the connection is lost for good; else the reason of the loss.
    private async Task<string?> WaitForLossAsync()
    {
        string reason;
        try
        {
            await _receiving;
            reason = "the server closed it";
            if (!OutlivesConnections || _saidBye || Inbox.Refused is { Code: not (ClientCodes.FrameTimeout or OutcomeCodes.Stopping) })
            {
                return null;
            }

            // It may be there again in a moment.
            reason = Inbox.Refused is { Code: OutcomeCodes.Stopping } ? "the server stops" : reason;
        }
        catch (ConnectionLostException failure) when (OutlivesConnections && !_saidBye && !failure.IsServersFault)
        {
            reason = failure.Message;
        }

        return reason;
    }

    private async Task ReconnectAsync(string reason, long troubleSince, CancellationToken endOfInput)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
        await using CancellationTokenRegistration stopping = endOfInput.UnsafeRegister(
            static state => ((CancellationTokenSource)state!).CancelAfter(s_stoppingWait), giveUp);

        // Whoever is sending is freed by this, and leaves the turn to send to us.
        _connection?.Close();
        await _sending.WaitAsync(giveUp.Token);
        try
        {
            if (_connection is { } old)
            {
                _connection = null;
                await old.DisposeAsync();
            }

            await Inbox.ShowNoticeAsync(ClientCodes.ConnectionLost, $"The connection was lost ({reason}); reconnecting.", giveUp.Token);
            await TryUntilConnectedAsync(reason, troubleSince, giveUp.Token);
        }
        catch (OperationCanceledException) when (!_ending.IsCancellationRequested)
        {
            _lost = new ConnectionLostException(reason);
        }
        catch (ConnectionLostException failure)
        {
            _lost = failure;
        }
        finally
        {
            _sending.Release();
        }

        if (_lost is not null)
        {
            throw _lost;
        }
    }

    private async Task TryUntilConnectedAsync(string reason, long troubleSince, CancellationToken cancellationToken)
    {
        // Fixed now: an attempt may end with another window, or none.
        TimeSpan window = _resumeWindow;
        while (true)
        {
            await Task.Delay(_backOff.Next(), cancellationToken);
            LogInAttempt attempt = await TryReconnectOnceAsync(cancellationToken);
            if (attempt.IsSuccess)
            {
                await SendAgainAsync(await Inbox.LoggedIn, cancellationToken);
                return;
            }

            if (!attempt.MayRetry)
            {
                // Refused: somebody else has the name by now, or the server wants this client no more.
                LossCode = Inbox.Refused is null ? LossCode : ClientCodes.SessionLost;
                throw new ConnectionLostException($"{reason}, and then {attempt.Problem}");
            }

            if (Stopwatch.GetElapsedTime(troubleSince) > window)
            {
                throw new ConnectionLostException($"{reason}, and did not come back within {window.TotalSeconds:0} s: {attempt.Problem}");
            }
        }
    }

    private async Task<LogInAttempt> TryReconnectOnceAsync(CancellationToken cancellationToken)
    {
        Socket socket;
        try
        {
            socket = await ServerConnector.ConnectOnceAsync(_options.Server, s_connectTimeout, cancellationToken);
        }
        catch (ConnectionLostException failure)
        {
            return new LogInAttempt(failure.Message, MayRetry: true);
        }

        return await TryLogInAsync(socket, cancellationToken);
    }

    // Lines that surely never arrived. In a new session the others have been ended, and these have new numbers.
    private async Task SendAgainAsync(ServerLoggedIn loggedIn, CancellationToken cancellationToken)
    {
        foreach (OutstandingLine line in Lines.ToArray())
        {
            if (line.Fault is null && line.LineId > loggedIn.LastReceivedLineId)
            {
                await SendAsync(new ClientLine(line.LineId, line.Text, Inbox.LastAnsweredLineId, Inbox.LastEventNumber), flush: false, cancellationToken);
            }
        }

        await GuardAsync(Connection.FlushAsync(cancellationToken));
    }
}
