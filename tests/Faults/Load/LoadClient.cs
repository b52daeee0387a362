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
internal sealed class LoadClient(string name, LoadSettings settings, LoadNumbers numbers, SupervisedDaemon chat, Recorder recorder) : IServerMessages
{
    private static readonly TimeSpan s_connectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_retryDelay = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();
    private readonly Dictionary<long, long> _outstanding = [];
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
    public void OnResult(in ServerResult message)
    {
        long nowNs = Recorder.NowNs;
        long request = (long)message.LineId;
        long askedNs;
        lock (_gate)
        {
            // One that is not there is recorded all the same: the checker will say what it was.
            _ = _outstanding.Remove(request, out askedNs);
        }

        EndKind kind = message.Outcome switch
        {
            OutcomeKind.Ok => EndKind.Ok,
            OutcomeKind.Error => EndKind.Error,
            OutcomeKind.Busy => EndKind.Busy,
            _ => EndKind.Unknown,
        };
        recorder.Add(new Ended(nowNs, request, _run!.Generation, _userId, kind, message.Code, message.Text));
        numbers.Ended(nowNs - askedNs, message.Code, kind);
        if (kind == EndKind.Ok && askedNs > _lastOkAskedNs)
        {
            Volatile.Write(ref _lastOkAskedNs, askedNs);
        }
    }

    /// <inheritdoc/>
    public void OnLoggedIn(in ServerLoggedIn message)
    {
        _userId = message.SessionId;
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
            await connection.SendAsync(
                new ClientLogIn(PlayerProtocol.Version, name, 1, "헤네시스", Language.Korean), flush: true, lost.Token);
            if (await _loggedIn.Task.WaitAsync(lost.Token) && chat.Run == run)
            {
                _connection = connection;
                await AskOnAsync(connection, lost.Token);
            }
        }
        finally
        {
            await EndAsync(connection, receiving);
        }
    }

    private async Task AskOnAsync(PlayerConnection connection, CancellationToken cancellationToken)
    {
        using var ticks = new PeriodicTimer(settings.Interval);
        while (await ticks.WaitForNextTickAsync(cancellationToken))
        {
            int free;
            lock (_gate)
            {
                free = settings.MaxOutstanding - _outstanding.Count;
            }

            if (free > 0)
            {
                await AskAsync(connection, Math.Min(free, settings.LinesPerTick), cancellationToken);
            }
        }
    }

    private async Task AskAsync(PlayerConnection connection, int lines, CancellationToken cancellationToken)
    {
        for (int i = 0; i < lines; i++)
        {
            long request = numbers.NextRequest();
            string line = LoadLine.Of(request);
            long nowNs = Recorder.NowNs;
            lock (_gate)
            {
                _outstanding.Add(request, nowNs);
            }

            recorder.Add(new Asked(nowNs, request, _run!.Instance, _run.Generation, _userId, line));
            await connection.SendAsync(new ClientLine((ulong)request, line), flush: i == lines - 1, cancellationToken);
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

    // The player leaves when all is answered; a connection that is lost before takes what is outstanding with it.
    private async Task EndAsync(PlayerConnection connection, Task receiving)
    {
        long limitNs = Recorder.NowNs + settings.LastAnswersNs;
        while (!receiving.IsCompleted && OutstandingCount > 0 && Recorder.NowNs < limitNs)
        {
            await Task.WhenAny(receiving, Task.Delay(s_retryDelay));
        }

        _connection = null;
        bool isLost = receiving.IsCompleted;
        await connection.DisposeAsync();
        await receiving;
        long[] left;
        lock (_gate)
        {
            left = [.. _outstanding.Keys];
            _outstanding.Clear();
        }

        // Where the connection stands and the time is over, silence is what the checker must see.
        if (isLost)
        {
            foreach (long request in left)
            {
                recorder.Add(new Ended(Recorder.NowNs, request, _run!.Generation, _userId, EndKind.Cancelled, Code: null, Text: null));
            }
        }
    }

    private int OutstandingCount
    {
        get
        {
            lock (_gate)
            {
                return _outstanding.Count;
            }
        }
    }
}
