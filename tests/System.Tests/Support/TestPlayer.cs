using System.Net.Sockets;
using ChatClient.Connection;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Players;
using Testing.Support.Waiting;

namespace System.Tests.Support;

/// <summary>
/// A player inside the test process, for tests with more of them than there could be clients. Keeps every line's answer, and every
/// breach of the promise that a line has exactly one and that they come in order.
/// </summary>
public sealed class TestPlayer : IServerMessages, IAsyncDisposable
{
    /// <summary>The map that players enter where a test names none.</summary>
    public const string DefaultMap = "헤네시스";

    private readonly PlayerConnection _connection;
    private readonly Task _receiving;
    private readonly Lock _gate = new();
    private readonly Queue<(ulong LineId, TaskCompletionSource<ServerResult> Answer)> _outstanding = new();
    private readonly List<string> _breaches = [];
    private readonly List<ServerEvent> _events = [];
    private readonly TaskCompletionSource<ServerLoggedIn> _loggedIn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ulong _lastLineId;
    private long _answered;

    private TestPlayer(Socket socket)
    {
        _connection = new PlayerConnection(socket);
        _receiving = ReceiveAsync();
    }

    /// <summary>How many lines have been answered.</summary>
    public long Answered => Volatile.Read(ref _answered);

    /// <summary>The refusal that ended the session; null while there is none.</summary>
    public ServerRefused? Refusal { get; private set; }

    /// <summary>Answers to no line, out of order, or twice.</summary>
    public IReadOnlyList<string> Breaches
    {
        get
        {
            lock (_gate)
            {
                return [.. _breaches];
            }
        }
    }

    /// <summary>What the player was shown unasked, in order.</summary>
    public IReadOnlyList<ServerEvent> Events
    {
        get
        {
            lock (_gate)
            {
                return [.. _events];
            }
        }
    }

    /// <summary>Ends when the server has closed the connection.</summary>
    public Task Closed => _receiving;

    /// <summary>Connects, and logs in.</summary>
    /// <exception cref="InvalidOperationException">The log-in was refused.</exception>
    public static async Task<TestPlayer> LogInAsync(
        ServerAddress address, string name, int channel = 1, string map = DefaultMap, string? key = null)
    {
        using var deadline = new CancellationTokenSource(Eventually.DefaultDeadline);
        var player = new TestPlayer(await ServerConnector.ConnectAsync(address, Eventually.DefaultDeadline, deadline.Token));
        try
        {
            await player._connection.SendAsync(
                new ClientLogIn(PlayerProtocol.Version, name, channel, map, Language.Korean, Key: key), flush: true, deadline.Token);
            _ = await Task.WhenAny(player._loggedIn.Task, player._receiving).WaitAsync(deadline.Token);
            return player._loggedIn.Task.IsCompletedSuccessfully
                ? player
                : throw new InvalidOperationException($"The log-in of {name} was refused: {player.Refusal?.Code ?? "closed"}.");
        }
        catch
        {
            await player.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a line; the task is its answer.</summary>
    public async Task<Task<ServerResult>> SendAsync(string line, bool flush = true)
    {
        var answer = new TaskCompletionSource<ServerResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        ulong lineId;
        lock (_gate)
        {
            lineId = ++_lastLineId;
            _outstanding.Enqueue((lineId, answer));
        }

        await _connection.SendAsync(new ClientLine(lineId, line), flush, CancellationToken.None);
        return answer.Task;
    }

    /// <summary>Sends a line and waits for its answer.</summary>
    public async Task<ServerResult> AskAsync(string line) =>
        await (await SendAsync(line)).WaitAsync(Eventually.DefaultDeadline);

    /// <summary>Asks until the answer has a code: what one daemon tells another takes its time.</summary>
    public async Task<ServerResult> AskUntilAsync(string line, string code, TimeSpan? deadline = null)
    {
        using var limit = new CancellationTokenSource(deadline ?? Eventually.DefaultDeadline);
        string last = "no answer";
        while (!limit.IsCancellationRequested)
        {
            ServerResult result = await AskAsync(line);
            if (result.Code == code)
            {
                return result;
            }

            last = result.Code;
            await Task.Delay(20, CancellationToken.None);
        }

        throw new TimeoutException($"'{line}' was never answered {code}, at last {last}.");
    }

    /// <summary>Waits until the player has been shown something of a code.</summary>
    public async Task<ServerEvent> ShownAsync(string code)
    {
        await Eventually.TrueAsync(() => Events.Any(shown => shown.Code == code), $"the player was shown '{code}'");
        return Events.First(shown => shown.Code == code);
    }

    /// <summary>Sends lines without waiting for any answer.</summary>
    public async Task<Task<ServerResult>[]> SendAllAsync(IEnumerable<string> lines)
    {
        List<Task<ServerResult>> answers = [];
        foreach (string line in lines)
        {
            answers.Add(await SendAsync(line, flush: false));
        }

        await _connection.FlushAsync(CancellationToken.None);
        return [.. answers];
    }

    /// <inheritdoc/>
    public void OnResult(in ServerResult message)
    {
        TaskCompletionSource<ServerResult>? answer = null;
        lock (_gate)
        {
            if (!_outstanding.TryDequeue(out (ulong LineId, TaskCompletionSource<ServerResult> Answer) next))
            {
                _breaches.Add($"an answer to line {message.LineId}, and none is outstanding");
            }
            else if (next.LineId != message.LineId)
            {
                _breaches.Add($"an answer to line {message.LineId} in the turn of line {next.LineId}");
            }
            else
            {
                answer = next.Answer;
            }
        }

        Interlocked.Increment(ref _answered);
        answer?.SetResult(message);
    }

    /// <inheritdoc/>
    public void OnLoggedIn(in ServerLoggedIn message) => _loggedIn.SetResult(message);

    /// <inheritdoc/>
    public void OnRefused(in ServerRefused message) => Refusal = message;

    /// <inheritdoc/>
    public void OnEvent(in ServerEvent message)
    {
        lock (_gate)
        {
            _events.Add(message);
        }
    }

    /// <inheritdoc/>
    public void OnNotice(in ServerNotice message)
    {
    }

    /// <inheritdoc/>
    public ValueTask OnBatchStartAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask OnBatchEndAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _receiving;
    }

    private async Task ReceiveAsync()
    {
        try
        {
            await _connection.ReceiveAsync(this, CancellationToken.None);
        }
        catch (ConnectionLostException)
        {
            // The test looks at what is outstanding.
        }

        lock (_gate)
        {
            while (_outstanding.TryDequeue(out (ulong LineId, TaskCompletionSource<ServerResult> Answer) unanswered))
            {
                unanswered.Answer.SetException(new InvalidOperationException($"The connection ended without an answer to line {unanswered.LineId}."));
            }
        }
    }
}
