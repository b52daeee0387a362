using System.Net.Sockets;
using ChatClient.Connection;
using Faults.Nemesis;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Players;
using Testing.Support.Waiting;

namespace Faults.Tests.Support;

/// <summary>A player in a test's own hand, beside those of the load.</summary>
internal sealed class OnePlayer : IServerMessages, IAsyncDisposable
{
    private readonly PlayerConnection _connection;
    private readonly Task _receiving;
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, TaskCompletionSource<ServerResult>> _outstanding = [];
    private readonly TaskCompletionSource _loggedIn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ulong _lastLine;

    private OnePlayer(Socket socket)
    {
        _connection = new PlayerConnection(socket);
        _receiving = ReceiveAsync();
    }

    public static async Task<OnePlayer> LogInAsync(FaultWorld world, string name)
    {
        var player = new OnePlayer(await ServerConnector.ConnectAsync(world.Address, Eventually.DefaultDeadline, CancellationToken.None));
        await player._connection.SendAsync(
            new ClientLogIn(PlayerProtocol.Version, name, 1, "헤네시스", Language.Korean), flush: true, CancellationToken.None);
        await player._loggedIn.Task.WaitAsync(Eventually.DefaultDeadline);
        return player;
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

    public void OnLoggedIn(in ServerLoggedIn message) => _loggedIn.SetResult();

    public void OnRefused(in ServerRefused message) => _loggedIn.TrySetException(new InvalidOperationException(message.Code));

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

    private async Task ReceiveAsync()
    {
        try
        {
            await _connection.ReceiveAsync(this, CancellationToken.None);
        }
        catch (ConnectionLostException)
        {
            // Whoever waits for an answer has a deadline.
        }
    }
}
