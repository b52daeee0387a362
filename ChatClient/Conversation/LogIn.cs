using System.Diagnostics;
using System.Net.Sockets;
using ChatClient.Connection;
using ChatClient.Output;
using Shared.Protocol.Requests;

namespace ChatClient.Conversation;

/// <summary>Connects and logs in, and keeps trying for a while where the server, or the daemon behind it, is only about to come up.</summary>
internal static class LogIn
{
    private static readonly TimeSpan s_retryDelay = TimeSpan.FromMilliseconds(200);

    /// <summary>Logs in.</summary>
    /// <returns>The running session, owned by the caller.</returns>
    /// <exception cref="LogInFailedException">It was refused, or did not come about in time.</exception>
    public static async Task<Session> StartAsync(ChatOptions options, IOutput output, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            TimeSpan remaining = options.ConnectTimeout - Stopwatch.GetElapsedTime(started);
            (Session? session, string problem, bool mayRetry) = await TryOnceAsync(options, output, remaining, cancellationToken);
            if (session is not null)
            {
                return session;
            }

            if (!mayRetry || Stopwatch.GetElapsedTime(started) + s_retryDelay > options.ConnectTimeout)
            {
                throw new LogInFailedException(problem);
            }

            await Task.Delay(s_retryDelay, cancellationToken);
        }
    }

    private static async Task<(Session? Session, string Problem, bool MayRetry)> TryOnceAsync(
        ChatOptions options, IOutput output, TimeSpan remaining, CancellationToken cancellationToken)
    {
        Socket socket;
        try
        {
            socket = await ServerConnector.ConnectAsync(options.Server, remaining, cancellationToken);
        }
        catch (ConnectionLostException failure)
        {
            return (null, $"cannot connect to {options.Server}: {failure.Message}. Is chatD running there?", false);
        }

        var session = new Session(new PlayerConnection(socket), output);
        string problem;
        bool mayRetry = true;
        try
        {
            problem = await session.LogInAsync(options, cancellationToken);
            if (problem.Length == 0)
            {
                return (session, problem, false);
            }

            mayRetry = session.Inbox.Refused is not { } refused || IsPassing(refused.Code);
        }
        catch (ConnectionLostException failure)
        {
            problem = $"the connection to {options.Server} was lost during the log-in: {failure.Message}";
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }

        await session.DisposeAsync();
        return (null, problem, mayRetry);
    }

    // What a server says that will be able to answer in a moment.
    private static bool IsPassing(string code) => code is OutcomeCodes.PeerDown or OutcomeCodes.Overloaded;
}
