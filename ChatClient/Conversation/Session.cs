using ChatClient.Connection;
using ChatClient.Output;
using Shared.Protocol.Messages.Players;

namespace ChatClient.Conversation;

/// <summary>One connection with all that belongs to it, from the log-in to the end. Owns the connection.</summary>
internal sealed class Session : IAsyncDisposable
{
    // So many lines may be without an answer; a server limits players to less or more, and then the socket holds them back.
    private const int MaxOutstandingLines = 1024;

    // A server that accepts connections but does not answer a log-in is stuck, whatever time there is to reach it.
    private static readonly TimeSpan s_logInDeadline = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _ending = new();

    /// <summary>Takes over a connection.</summary>
    public Session(PlayerConnection connection, IOutput output)
    {
        Connection = connection;
        Inbox = new ServerInbox(Lines, output);
        Receiving = connection.ReceiveAsync(Inbox, _ending.Token);
    }

    /// <summary>The connection.</summary>
    public PlayerConnection Connection { get; }

    /// <summary>The lines whose answers are due.</summary>
    public OutstandingLines Lines { get; } = new(MaxOutstandingLines);

    /// <summary>What the server sends ends here.</summary>
    public ServerInbox Inbox { get; }

    /// <summary>Ends when the server closes the connection; fails with <see cref="ConnectionLostException"/> when it breaks.</summary>
    public Task Receiving { get; }

    /// <summary>Sends the log-in and waits for its answer.</summary>
    /// <returns>What went wrong, for a person; empty on success.</returns>
    /// <exception cref="ConnectionLostException">The connection broke.</exception>
    public async Task<string> LogInAsync(ChatOptions options, CancellationToken cancellationToken)
    {
        var logIn = new ClientLogIn(PlayerProtocol.Version, options.Name, options.Channel, options.Map, options.Language);
        await Connection.SendAsync(logIn, flush: true, cancellationToken);
        try
        {
            await Task.WhenAny(Inbox.LoggedIn, Receiving).WaitAsync(s_logInDeadline, cancellationToken);
        }
        catch (TimeoutException)
        {
            return $"{options.Server} did not answer the log-in within {s_logInDeadline.TotalSeconds:0} s";
        }

        if (Inbox.LoggedIn.IsCompleted)
        {
            return string.Empty;
        }

        await Receiving;
        return Inbox.Refused is { } refused
            ? $"the log-in was refused: {VisibleText.Of(refused.Text)} [{VisibleText.Of(refused.Code)}]"
            : $"{options.Server} closed the connection without an answer to the log-in";
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await Connection.DisposeAsync();

        // Observed, whatever it ended with: whoever cared has awaited it before.
        await Receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Inbox.Dispose();
        Lines.Dispose();
        _ending.Dispose();
    }
}
