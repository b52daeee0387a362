using System.Diagnostics;
using System.Net.Sockets;
using ChatClient.Connection;
using ChatClient.Output;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;
using Shared.Terminal;

namespace ChatClient.Conversation;

/// <summary>
/// One session with all that belongs to it, from the log-in to the end, over as many connections as it takes. One task sends lines; the session
/// itself receives, and connects again. Owns its connection.
/// </summary>
internal sealed partial class Session : IAsyncDisposable
{
    // A server that accepts connections but does not answer a log-in is stuck, whatever time there is to reach it.
    private static readonly TimeSpan s_logInDeadline = TimeSpan.FromSeconds(10);

    private readonly ChatOptions _options;
    private readonly ResumeToken? _token;
    private readonly CancellationTokenSource _ending = new();

    // Whose turn it is to send: held over the whole of a reconnect, so that no line gets between those that are sent again.
    private readonly SemaphoreSlim _sending = new(1, 1);
    private PlayerConnection? _connection;
    private Task _receiving = Task.CompletedTask;
    private ConnectionLostException? _lost;
    private TimeSpan _resumeWindow;
    private ulong _lastLineId;
    private int _numberedSessionId;
    private volatile bool _saidBye;

    /// <summary>Makes a session that is not logged in.</summary>
    public Session(ChatOptions options, IOutput output)
    {
        _options = options;
        _token = options.Resumes ? ResumeToken.Create() : null;
        Lines = new OutstandingLines(options.MaxOutstandingLines);
        Inbox = new ServerInbox(Lines, output);
    }

    /// <summary>The lines whose answers are due.</summary>
    public OutstandingLines Lines { get; }

    /// <summary>What the server sends ends here.</summary>
    public ServerInbox Inbox { get; }

    /// <summary>Whether the session can be resumed when its connection is lost.</summary>
    public bool OutlivesConnections => _resumeWindow > TimeSpan.Zero;

    /// <summary>Ends when the server ends the session; fails with <see cref="ConnectionLostException"/> when the connection is lost for good.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    /// <summary>The code of lines without an answer when the connection is lost for good.</summary>
    public string LossCode { get; private set; } = ClientCodes.ConnectionLost;

    /// <summary>Sends the log-in over a new connection and waits for its answer.</summary>
    /// <param name="socket">A connected socket; owned from now on.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<LogInAttempt> TryLogInAsync(Socket socket, CancellationToken cancellationToken)
    {
        var connection = new PlayerConnection(socket);
        Inbox.BeginConnection();
        Task receiving = connection.ReceiveAsync(Inbox, _ending.Token);
        LogInAttempt attempt = default;
        try
        {
            attempt = await AskAsync(connection, receiving, cancellationToken);
        }
        catch (ConnectionLostException failure)
        {
            attempt = new LogInAttempt(
                $"the connection to {_options.Server} was lost during the log-in: {failure.Message}", !failure.IsServersFault);
        }
        finally
        {
            if (attempt.Problem is not "")
            {
                await connection.DisposeAsync();
                await receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        if (attempt.IsSuccess)
        {
            (_connection, _receiving) = (connection, receiving);
            ServerLoggedIn loggedIn = await Inbox.LoggedIn;
            _resumeWindow = TimeSpan.FromMilliseconds(_token is null ? 0 : loggedIn.ResumeWindowMs);
            if (loggedIn.SessionId != _numberedSessionId)
            {
                // A new session counts from 1; also one that began at an attempt whose answer came too late, and that this one has resumed.
                _numberedSessionId = loggedIn.SessionId;
                _lastLineId = Lines.LastLineId;
            }
        }

        return attempt;
    }

    /// <summary>Goes on by itself from now on, whatever happens to the connection.</summary>
    /// <param name="endOfInput">The user wants to go: a lost connection is not tried for long any more.</param>
    public void Start(CancellationToken endOfInput) => Running = RunAsync(endOfInput);

    /// <summary>Sends a line, for which there is room among the outstanding ones; it leaves with the next flush.</summary>
    /// <exception cref="ConnectionLostException">The connection is lost for good.</exception>
    public ValueTask SendLineAsync(string text, CancellationToken cancellationToken) => SendLineAsync(text, Stopwatch.GetTimestamp(), cancellationToken);

    /// <summary>Sends a line that is timed from a moment of the caller's own, a <see cref="Stopwatch"/> time stamp.</summary>
    /// <exception cref="ConnectionLostException">The connection is lost for good.</exception>
    public async ValueTask SendLineAsync(string text, long timedFrom, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            // Added before it is sent, for its answer may arrive before this method goes on.
            _lastLineId++;
            Lines.Add(new OutstandingLine(_lastLineId, text, timedFrom, null, null));
            await SendAsync(new ClientLine(_lastLineId, text, Inbox.LastAnsweredLineId, Inbox.LastEventNumber), flush: false, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Sends what was put into the output so far.</summary>
    /// <exception cref="ConnectionLostException">The connection is lost for good.</exception>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            await GuardAsync(Connection.FlushAsync(cancellationToken));
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Says that nothing more comes. The session ends then, and is not resumed.</summary>
    /// <exception cref="ConnectionLostException">The connection is lost.</exception>
    public async ValueTask SayByeAsync(CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            if (!_saidBye)
            {
                _saidBye = true;
                await Connection.SendAsync(new ClientBye(), flush: true, cancellationToken);
            }
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Says the same, if that is possible within a time.</summary>
    public async ValueTask TrySayByeAsync(TimeSpan timeout)
    {
        using var deadline = new CancellationTokenSource(timeout);
        try
        {
            await SayByeAsync(deadline.Token);
        }
        catch (Exception failure) when (failure is ConnectionLostException or OperationCanceledException)
        {
            // The server ends the session by itself, only later.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _connection?.Close();

        // Observed, whatever they ended with: whoever cared has awaited them before.
        await Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_connection is { } connection)
        {
            await connection.DisposeAsync();
        }

        Inbox.Dispose();
        Lines.Dispose();
        _sending.Dispose();
        _ending.Dispose();
    }

    private PlayerConnection Connection =>
        _lost is not null ? throw _lost : _connection ?? throw new InvalidOperationException("The session is not logged in.");

    // What a server says that will be able to answer in a moment.
    private static bool IsPassing(string code) => code is OutcomeCodes.PeerDown or OutcomeCodes.Stopping or OutcomeCodes.Overloaded or ClientCodes.LogInPending or ClientCodes.ServerBusy;

    private async Task<LogInAttempt> AskAsync(PlayerConnection connection, Task receiving, CancellationToken cancellationToken)
    {
        var logIn = new ClientLogIn(
            PlayerProtocol.Version, _options.Name, _options.Channel, _options.Map, _options.Language, _token, Inbox.LastAnsweredLineId,
            Key: _options.Key,
            LastEventNumber: Inbox.LastEventNumber);
        await connection.SendAsync(logIn, flush: true, cancellationToken);
        try
        {
            await Task.WhenAny(Inbox.LoggedIn, receiving).WaitAsync(s_logInDeadline, cancellationToken);
        }
        catch (TimeoutException)
        {
            return new LogInAttempt($"{_options.Server} did not answer the log-in within {s_logInDeadline.TotalSeconds:0} s", MayRetry: true);
        }

        if (Inbox.LoggedIn.IsCompleted)
        {
            return new LogInAttempt(string.Empty, MayRetry: false);
        }

        await receiving;
        return Inbox.Refused is { } refused
            ? new LogInAttempt($"the log-in was refused: {VisibleText.Of(refused.Text)} [{VisibleText.Of(refused.Code)}]", IsPassing(refused.Code))
            : new LogInAttempt($"{_options.Server} closed the connection without an answer to the log-in", MayRetry: true);
    }

    private ValueTask SendAsync(ClientLine line, bool flush, CancellationToken cancellationToken) =>
        GuardAsync(Connection.SendAsync(line, flush, cancellationToken));

    // A failure to send is no news where the session can be resumed: the line waits among the outstanding ones, and is sent again.
    private async ValueTask GuardAsync(ValueTask sending)
    {
        try
        {
            await sending;
        }
        catch (ConnectionLostException) when (OutlivesConnections && _lost is null)
        {
            // So that the receiving side notices as well, whatever has happened.
            _connection?.Close();
        }
    }
}
