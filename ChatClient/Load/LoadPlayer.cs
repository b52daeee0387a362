using System.Diagnostics;
using System.Globalization;
using ChatClient.Connection;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Players;

namespace ChatClient.Load;

/// <summary>One player of a load: a connection, and the lines that are under way on it. Owns the connection.</summary>
internal sealed class LoadPlayer : IServerMessages, IAsyncDisposable
{
    // What a player may have unanswered at a given rate before further lines count as not sent: a second of a very fast one.
    private const int MaxOutstanding = 10_000;

    // Before the moment in a line that others are to measure from: no player's text has it by chance.
    private const string Stamp = "@t";

    private readonly PlayerConnection _connection;
    private readonly LoadScript _script;
    private readonly int _number;
    private readonly bool _goesOn;
    private readonly TaskCompletionSource _loggedIn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Guards what follows; held for a few instructions.
    private readonly Lock _gate = new();
    private readonly Queue<(LoadLineKind Kind, long DueAt)> _outstanding = new();
    private LoadTally _tally = new();
    private ulong _lastLineId;
    private int _toSend;
    private bool _isStopping;
    private TaskCompletionSource? _quiet;

    private LoadPlayer(PlayerConnection connection, LoadScript script, int number, bool goesOn)
    {
        _connection = connection;
        _script = script;
        _number = number;
        _goesOn = goesOn;
        Receiving = ReceiveAsync();
    }

    /// <summary>Ends when the connection has; with what was wrong, or null.</summary>
    public Task<string?> Receiving { get; }

    /// <summary>Why the server ended it; null while it did not.</summary>
    public ServerRefused? Refused { get; private set; }

    /// <summary>How many lines are under way.</summary>
    public int OutstandingCount
    {
        get
        {
            lock (_gate)
            {
                return _outstanding.Count;
            }
        }
    }

    /// <summary>Connects and logs in.</summary>
    /// <param name="script">What players are called and type.</param>
    /// <param name="number">Its number among them.</param>
    /// <param name="goesOn">Whether it sends a line for each that was answered.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ConnectionLostException">It cannot, or was refused.</exception>
    public static async Task<LoadPlayer> LogInAsync(LoadScript script, int number, bool goesOn, CancellationToken cancellationToken)
    {
        var connection = new PlayerConnection(await ServerConnector.ConnectAsync(script.ServerOf(number), TimeSpan.FromSeconds(10), cancellationToken));
        var player = new LoadPlayer(connection, script, number, goesOn);
        try
        {
            await connection.SendAsync(
                new ClientLogIn(PlayerProtocol.Version, script.NameOf(number), script.ChannelOf(number), script.MapOf(number), Language.Korean),
                flush: true,
                cancellationToken);
            _ = await Task.WhenAny(player._loggedIn.Task, player.Receiving).WaitAsync(cancellationToken);
            return player._loggedIn.Task.IsCompletedSuccessfully
                ? player
                : throw new ConnectionLostException(
                    player.Refused is { } refusal ? $"the log-in of {script.NameOf(number)} was refused: {refusal.Text} [{refusal.Code}]" : "the server closed it");
        }
        catch
        {
            await player.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a line that is due now, or was at a moment before.</summary>
    public async ValueTask SendAsync(long dueAt)
    {
        ClientLine line;
        lock (_gate)
        {
            if (_isStopping)
            {
                return;
            }

            if (_outstanding.Count >= MaxOutstanding)
            {
                _tally.Overruns++;
                return;
            }

            line = Prepare(dueAt);
        }

        await _connection.SendAsync(line, flush: true, CancellationToken.None);
    }

    /// <summary>Takes what was counted since the last call.</summary>
    public LoadTally TakeTally()
    {
        lock (_gate)
        {
            LoadTally taken = _tally;
            _tally = new LoadTally();
            return taken;
        }
    }

    /// <summary>Sends nothing more; completes when nothing is under way.</summary>
    public Task StopAsync()
    {
        lock (_gate)
        {
            _isStopping = true;
            if (_outstanding.Count == 0)
            {
                return Task.CompletedTask;
            }

            _quiet ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return Task.WhenAny(_quiet.Task, Receiving);
        }
    }

    /// <inheritdoc/>
    public void OnLoggedIn(in ServerLoggedIn message) => _loggedIn.TrySetResult();

    /// <inheritdoc/>
    public void OnRefused(in ServerRefused message) => Refused = message;

    /// <inheritdoc/>
    public void OnResult(in ServerResult message)
    {
        long now = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            if (!_outstanding.TryDequeue(out (LoadLineKind Kind, long DueAt) line))
            {
                throw new ConnectionLostException($"the server answered line {message.LineId}, but no answer is due") { IsServersFault = true };
            }

            _tally.Count(line.Kind, message.Outcome, message.Code, LoadClock.NsBetween(line.DueAt, now));
            if (_goesOn && !_isStopping)
            {
                _toSend++;
            }

            if (_outstanding.Count == 0)
            {
                _quiet?.TrySetResult();
            }
        }
    }

    /// <inheritdoc/>
    public void OnEvent(in ServerEvent message)
    {
        int at = message.Text.LastIndexOf(Stamp, StringComparison.Ordinal);
        if (at >= 0
            && long.TryParse(message.Text.AsSpan(at + Stamp.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long dueAt))
        {
            long now = Stopwatch.GetTimestamp();
            lock (_gate)
            {
                _tally.Deliveries.Add(LoadClock.NsBetween(dueAt, now));
            }
        }
    }

    /// <inheritdoc/>
    public void OnNotice(in ServerNotice message)
    {
    }

    /// <inheritdoc/>
    public ValueTask OnBatchStartAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    /// <remarks>The lines for all that was answered together leave together.</remarks>
    public async ValueTask OnBatchEndAsync(CancellationToken cancellationToken)
    {
        int count;
        lock (_gate)
        {
            count = _toSend;
            _toSend = 0;
        }

        for (int i = 0; i < count; i++)
        {
            ClientLine line;
            lock (_gate)
            {
                line = Prepare(Stopwatch.GetTimestamp());
            }

            await _connection.SendAsync(line, flush: i == count - 1, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        _ = await Receiving;
    }

    private ClientLine Prepare(long dueAt)
    {
        LoadLineKind kind = _script.Draw();
        _outstanding.Enqueue((kind, dueAt));
        string stamp = string.Create(CultureInfo.InvariantCulture, $"{Stamp}{dueAt}");
        return new ClientLine(++_lastLineId, _script.LineOf(kind, _number, stamp));
    }

    private async Task<string?> ReceiveAsync()
    {
        try
        {
            await _connection.ReceiveAsync(this, CancellationToken.None);
            return Refused?.Text ?? "the server closed the connection";
        }
        catch (ConnectionLostException lost)
        {
            return lost.Message;
        }
    }
}
