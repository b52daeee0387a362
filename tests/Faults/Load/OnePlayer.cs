using System.Net.Sockets;
using ChatClient.Connection;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Players;
using Testing.Support.Waiting;

namespace Faults.Load;

/// <summary>A player in the hand of a test or a fault, beside those of the load. What he asks is not in the history.</summary>
internal sealed class OnePlayer : IServerMessages, IAsyncDisposable
{
    private readonly PlayerConnection _connection;
    private readonly Task<string?> _receiving;
    private string? _endCode;
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, TaskCompletionSource<ServerResult>> _outstanding = [];
    private readonly TaskCompletionSource<ServerLoggedIn> _loggedIn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ulong _lastLine;

    private OnePlayer(Socket socket)
    {
        _connection = new PlayerConnection(socket);
        _receiving = ReceiveAsync();
    }

    /// <summary>What chatD said to the log-in.</summary>
    public ServerLoggedIn Welcome { get; private set; }

    /// <summary>Ends when the connection has: with the code that chatD gave for it, if it gave one.</summary>
    public Task<string?> Ended => _receiving;

    /// <summary>Connects and logs in.</summary>
    /// <exception cref="InvalidOperationException">It is refused; the message is the code.</exception>
    /// <exception cref="ConnectionLostException">The connection ended before there was an answer.</exception>
    public static async Task<OnePlayer> LogInAsync(ServerAddress address, string name, ResumeToken? token = null)
    {
        var player = new OnePlayer(await ServerConnector.ConnectAsync(address, Eventually.DefaultDeadline, CancellationToken.None));
        try
        {
            await player._connection.SendAsync(
                new ClientLogIn(PlayerProtocol.Version, name, 1, "헤네시스", Language.Korean, token), flush: true, CancellationToken.None);
            player.Welcome = await player._loggedIn.Task.WaitAsync(Eventually.DefaultDeadline);
            return player;
        }
        catch
        {
            await player.DisposeAsync();
            throw;
        }
    }

    public async Task<ServerResult> AskAsync(string line)
    {
        Task<ServerResult> answer = (await AskAllAsync([line])).Single();
        return await answer.WaitAsync(Eventually.DefaultDeadline);
    }

    public async Task<Task<ServerResult>[]> AskAllAsync(IEnumerable<string> lines)
    {
        List<Task<ServerResult>> answers = [];
        foreach (string line in lines)
        {
            var answer = new TaskCompletionSource<ServerResult>(TaskCreationOptions.RunContinuationsAsynchronously);
            ulong id;
            lock (_gate)
            {
                id = ++_lastLine;
                _outstanding.Add(id, answer);
            }

            answers.Add(answer.Task);
            await _connection.SendAsync(new ClientLine(id, line), flush: false, CancellationToken.None);
        }

        await _connection.FlushAsync(CancellationToken.None);
        return [.. answers];
    }

    public void OnResult(in ServerResult message)
    {
        TaskCompletionSource<ServerResult>? answer;
        lock (_gate)
        {
            _ = _outstanding.Remove(message.LineId, out answer);
        }

        answer!.SetResult(message);
    }

    public void OnLoggedIn(in ServerLoggedIn message) => _loggedIn.SetResult(message);

    public void OnRefused(in ServerRefused message)
    {
        _endCode = message.Code;
        _ = _loggedIn.TrySetException(new InvalidOperationException(message.Code));
    }

    public void OnEvent(in ServerEvent message)
    {
    }

    public void OnNotice(in ServerNotice message)
    {
    }

    public ValueTask OnBatchStartAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask OnBatchEndAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _receiving;
    }

    private async Task<string?> ReceiveAsync()
    {
        try
        {
            await _connection.ReceiveAsync(this, CancellationToken.None);
        }
        catch (ConnectionLostException)
        {
            // Whoever waits for an answer has a deadline.
        }

        _ = _loggedIn.TrySetException(new ConnectionLostException("The connection ended before the log-in was answered."));
        return _endCode;
    }
}
