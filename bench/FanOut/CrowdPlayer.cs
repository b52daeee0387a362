using ChatClient.Connection;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Players;

namespace FanOut;

/// <summary>One of those in the map: hears what is said, and can say something.</summary>
/// <param name="name">His name.</param>
/// <param name="heard">Is told of each message that he is shown, on the thread that reads it.</param>
internal sealed class CrowdPlayer(string name, Action<ServerEvent> heard) : IServerMessages, IAsyncDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    private readonly TaskCompletionSource _loggedIn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _ending = new();
    private PlayerConnection? _connection;
    private Task _receiving = Task.CompletedTask;
    private ulong _lastLineId;

    /// <summary>How many of his lines were not answered Ok.</summary>
    public int RefusedCount { get; private set; }

    /// <summary>Why, of the last of them.</summary>
    public string LastRefusal { get; private set; } = string.Empty;

    /// <summary>Logs in.</summary>
    public async Task EnterAsync(ServerAddress address)
    {
        _connection = new PlayerConnection(await ServerConnector.ConnectOnceAsync(address, s_deadline, _ending.Token));
        _receiving = _connection.ReceiveAsync(this, _ending.Token);
        await _connection.SendAsync(
            new ClientLogIn(PlayerProtocol.Version, name, 1, "헤네시스", Language.Korean), flush: true, _ending.Token);
        await _loggedIn.Task.WaitAsync(s_deadline);
    }

    /// <summary>Says something.</summary>
    public ValueTask SayAsync(string line) =>
        _connection!.SendAsync(new ClientLine(++_lastLineId, line), flush: true, _ending.Token);

    /// <inheritdoc/>
    public ValueTask OnBatchStartAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public void OnLoggedIn(in ServerLoggedIn message) => _loggedIn.TrySetResult();

    /// <inheritdoc/>
    public void OnRefused(in ServerRefused message) => _loggedIn.TrySetException(new InvalidOperationException($"{name} was refused: {message.Code}"));

    /// <inheritdoc/>
    public void OnResult(in ServerResult message)
    {
        if (message.Outcome != Shared.Protocol.Requests.OutcomeKind.Ok)
        {
            RefusedCount++;
            LastRefusal = message.Code;
        }
    }

    /// <inheritdoc/>
    public void OnEvent(in ServerEvent message) => heard(message);

    /// <inheritdoc/>
    public void OnNotice(in ServerNotice message)
    {
    }

    /// <inheritdoc/>
    public ValueTask OnBatchEndAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _connection?.Close();
        await _receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        _ending.Dispose();
    }
}
