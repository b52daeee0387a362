using System.Diagnostics;
using System.Net.Sockets;
using ChatClient.Connection;
using ChatClient.Output;

namespace ChatClient.Conversation;

/// <summary>Connects and logs in, and keeps trying for a while where the server, or the daemon behind it, is only about to come up.</summary>
internal static class LogIn
{
    /// <summary>Logs in.</summary>
    /// <returns>The session, not started yet, owned by the caller.</returns>
    /// <exception cref="LogInFailedException">It was refused, or did not come about in time.</exception>
    public static async Task<Session> StartAsync(ChatOptions options, IOutput output, CancellationToken cancellationToken)
    {
        var session = new Session(options, output);
        try
        {
            await LogInAsync(session, options, cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    private static async Task LogInAsync(Session session, ChatOptions options, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        var backOff = new BackOff();
        while (true)
        {
            TimeSpan remaining = options.ConnectTimeout - Stopwatch.GetElapsedTime(started);
            LogInAttempt attempt = await TryOnceAsync(session, options, remaining, cancellationToken);
            if (attempt.IsSuccess)
            {
                return;
            }

            TimeSpan wait = backOff.Next();
            if (!attempt.MayRetry || Stopwatch.GetElapsedTime(started) + wait > options.ConnectTimeout)
            {
                throw new LogInFailedException(attempt.Problem);
            }

            await Task.Delay(wait, cancellationToken);
        }
    }

    private static async Task<LogInAttempt> TryOnceAsync(
        Session session, ChatOptions options, TimeSpan remaining, CancellationToken cancellationToken)
    {
        Socket socket;
        try
        {
            socket = await ServerConnector.ConnectAsync(options.Server, remaining, cancellationToken);
        }
        catch (ConnectionLostException failure)
        {
            return new LogInAttempt($"cannot connect to {options.Server}: {failure.Message}. Is chatD running there?", MayRetry: false);
        }

        return await session.TryLogInAsync(socket, cancellationToken);
    }
}
