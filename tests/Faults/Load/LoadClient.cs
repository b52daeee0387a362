using System.Net.Sockets;
using ChatClient.Connection;
using Faults.Checker.History;
using Faults.Daemons;
using Faults.Recording;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;

namespace Faults.Load;

/// <summary>
/// A player who asks at a steady pace and comes back whenever the connection is lost. All that he asks and is told goes into the history.
/// </summary>
/// <param name="name">His name.</param>
/// <param name="canResume">Whether his session outlives his connections.</param>
/// <param name="settings">How much he asks.</param>
/// <param name="numbers">What all players share.</param>
/// <param name="chat">The chatD he connects to.</param>
/// <param name="recorder">Takes what he asks and is told.</param>
internal sealed class LoadClient(
    string name, bool canResume, LoadSettings settings, LoadNumbers numbers, SupervisedDaemon chat, Recorder recorder) : IServerMessages, IDisposable
{
    private static readonly TimeSpan s_connectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_retryDelay = TimeSpan.FromMilliseconds(20);

    private readonly LoadSession _session = new(canResume);

    // Lines leave in the order of their numbers, whoever asks.
    private readonly SemaphoreSlim _asking = new(1, 1);
    private DaemonRun? _run;
    private PlayerConnection? _connection;
    private TaskCompletionSource<bool> _loggedIn = new();
    private int _userId;
    private long _lastOkAskedNs;
    private volatile bool _isReadingHeld;

    /// <summary>When that request was asked that was the last to end Ok, by the time of asking.</summary>
    public long LastOkAskedNs => Volatile.Read(ref _lastOkAskedNs);

    /// <summary>Plays until told to stop; then waits for what is outstanding, each of which has its deadline.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await PlayAsync(stopping);
            }
            catch (Exception failure) when (failure is ConnectionLostException or SocketException or IOException or TimeoutException or ObjectDisposedException)
            {
                // The daemon has gone, or does not want him yet.
            }
            catch (OperationCanceledException)
            {
                // Stopping, or a connection attempt that took too long.
            }

            await Task.WhenAny(Task.Delay(s_retryDelay, stopping));
        }
    }

    /// <summary>Drops the connection without a word, whatever is outstanding.</summary>
    public void Drop()
    {
        PlayerConnection? connection = _connection;
        _ = connection?.DisposeAsync().AsTask();
    }

    /// <summary>Stops reading, or goes on.</summary>
    public void HoldReading(bool isHeld) => _isReadingHeld = isHeld;

    /// <summary>Asks many at once, beyond the pace.</summary>
    public async Task BurstAsync(int lines)
    {
        if (_connection is { } connection && _userId != 0)
        {
            try
            {
                await AskAsync(connection, lines, CancellationToken.None);
            }
            catch (ConnectionLostException)
            {
                // Its loss is dealt with where it is read.
            }
            catch (ObjectDisposedException)
            {
                // As above.
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _asking.Dispose();

    /// <inheritdoc/>
    public void OnResult(in ServerResult message)
    {
        long nowNs = Recorder.NowNs;
        LoadSession.Outstanding? outstanding = _session.Remove(message.LineId, out long awayNs);
        if (outstanding is null && _session.CanResume)
        {
            recorder.Violated($"{name} was told {message.Outcome} '{message.Text}' for his line {message.LineId}, which is not outstanding.");
            return;
        }

        // One of the others that is not outstanding is recorded all the same: the checker will say what it was.
        long request = outstanding?.Asked.Request ?? (long)message.LineId;
        long askedNs = outstanding?.Asked.AtNs ?? nowNs;
        EndKind kind = message.Outcome switch
        {
            OutcomeKind.Ok => EndKind.Ok,
            OutcomeKind.Error => EndKind.Error,
            OutcomeKind.Busy => EndKind.Busy,
            _ => EndKind.Unknown,
        };
        recorder.Add(new Ended(nowNs, request, _run!.Generation, _userId, kind, message.Code, message.Text, awayNs));
        numbers.Ended(nowNs - askedNs - awayNs, message.Code, kind);
        if (kind == EndKind.Ok && askedNs > _lastOkAskedNs)
        {
            Volatile.Write(ref _lastOkAskedNs, askedNs);
        }
    }

    /// <inheritdoc/>
    public void OnLoggedIn(in ServerLoggedIn message)
    {
        _userId = message.SessionId;
        Cancel(_session.Return(message));
        if (message.IsResumed)
        {
            numbers.Resumed();
        }

        _ = _loggedIn.TrySetResult(true);
    }

    /// <inheritdoc/>
    public void OnRefused(in ServerRefused message)
    {
        numbers.Refused(message.Code);
        _ = _loggedIn.TrySetResult(false);
    }

    /// <inheritdoc/>
    public void OnEvent(in ServerEvent message)
    {
    }

    /// <inheritdoc/>
    public void OnNotice(in ServerNotice message)
    {
    }

    /// <inheritdoc/>
    public async ValueTask OnBatchStartAsync(CancellationToken cancellationToken)
    {
        while (_isReadingHeld)
        {
            await Task.Delay(s_retryDelay, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public ValueTask OnBatchEndAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    private async Task PlayAsync(CancellationToken stopping)
    {
        // The run is looked at before and after: so the connection is one to this run, or it is lost at once.
        DaemonRun run = await chat.GetRunAsync(stopping);
        _run = run;
        _userId = 0;
        _loggedIn = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var connection = new PlayerConnection(await ServerConnector.ConnectAsync(settings.Address, s_connectTimeout, stopping));
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task receiving = ReceiveAsync(connection, lost);
        try
        {
            (ResumeToken? token, ulong lastAnswered) = _session.Credentials;
            await connection.SendAsync(
                new ClientLogIn(PlayerProtocol.Version, name, 1, "헤네시스", Language.Korean, token, lastAnswered), flush: true, lost.Token);
            if (await _loggedIn.Task.WaitAsync(lost.Token) && chat.Run == run)
            {
                _connection = connection;
                await AskOnAsync(connection, lost.Token);
            }
        }
        finally
        {
            await EndAsync(connection, receiving, stopping);
        }
    }

    private async Task AskOnAsync(PlayerConnection connection, CancellationToken cancellationToken)
    {
        using var ticks = new PeriodicTimer(settings.Interval);
        while (await ticks.WaitForNextTickAsync(cancellationToken))
        {
            int free = settings.MaxOutstanding - _session.OutstandingCount;
            if (free > 0)
            {
                await AskAsync(connection, Math.Min(free, settings.LinesPerTick), cancellationToken);
            }
        }
    }

    private async Task AskAsync(PlayerConnection connection, int lines, CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            // Another may have taken its place meanwhile, and with it the numbers of lines.
            for (int i = 0; i < lines && _connection == connection; i++)
            {
                long request = numbers.NextRequest();
                var asked = new Asked(Recorder.NowNs, request, _run!.Instance, _run.Generation, _userId, LoadLine.Of(request));
                ulong line = _session.Add(asked);
                recorder.Add(asked);
                await connection.SendAsync(
                    new ClientLine(line, asked.Line, _session.Credentials.LastAnswered), flush: i == lines - 1, cancellationToken);
            }
        }
        finally
        {
            _asking.Release();
        }
    }

    private async Task ReceiveAsync(PlayerConnection connection, CancellationTokenSource lost)
    {
        try
        {
            await connection.ReceiveAsync(this, CancellationToken.None);
        }
        catch (ConnectionLostException)
        {
            // The same as an end.
        }

        await lost.CancelAsync();
    }

    // The player leaves when all is answered. A connection that is lost before takes what is outstanding with it, but for a session that
    // is resumed.
    private async Task EndAsync(PlayerConnection connection, Task receiving, CancellationToken stopping)
    {
        long limitNs = Recorder.NowNs + settings.LastAnswersNs;
        while (!receiving.IsCompleted && _session.OutstandingCount > 0 && Recorder.NowNs < limitNs)
        {
            await Task.WhenAny(receiving, Task.Delay(s_retryDelay, CancellationToken.None));
        }

        _connection = null;
        bool isLost = receiving.IsCompleted;
        if (!isLost && _session.OutstandingCount == 0)
        {
            await SayByeAsync(connection);
        }

        await connection.DisposeAsync();
        await receiving;

        // A line that is being sent to the end of the connection is outstanding when it has failed.
        await _asking.WaitAsync(CancellationToken.None);
        _asking.Release();
        if (_session.CanResume && !stopping.IsCancellationRequested)
        {
            _session.Leave();
        }
        else if (isLost)
        {
            Cancel(_session.Abandon());
        }
    }

    private static async Task SayByeAsync(PlayerConnection connection)
    {
        try
        {
            await connection.SendAsync(default(ClientBye), flush: true, CancellationToken.None);
        }
        catch (ConnectionLostException)
        {
            // It has ended anyway.
        }
    }

    // Where the connection stands and the time is over, nothing is cancelled: silence is what the checker must see.
    private void Cancel(IReadOnlyList<LoadSession.Outstanding> left)
    {
        foreach ((Asked asked, _) in left)
        {
            recorder.Add(new Ended(
                Recorder.NowNs, asked.Request, asked.ChatGeneration, asked.UserId, EndKind.Cancelled, Code: null, Text: null, AwayNs: long.MaxValue));
        }
    }
}
