using Shared.Protocol.Messages.Players;

namespace ChatClient.Connection;

/// <summary>
/// Takes what the server sends, in order, on the one task that receives. What it does not implement is ignored, as is a message
/// of a type this client does not know: a newer server may send more.
/// </summary>
public interface IServerMessages
{
    /// <summary>Something was received and is handed over next.</summary>
    ValueTask OnBatchStartAsync(CancellationToken cancellationToken);

    /// <summary>The log-in succeeded.</summary>
    void OnLoggedIn(in ServerLoggedIn message);

    /// <summary>The log-in was refused, or the session is ended.</summary>
    void OnRefused(in ServerRefused message);

    /// <summary>A line ended.</summary>
    /// <exception cref="ConnectionLostException">The answer is to no line, or out of order.</exception>
    void OnResult(in ServerResult message);

    /// <summary>Something happened that nobody asked for.</summary>
    void OnEvent(in ServerEvent message);

    /// <summary>The server has something to say.</summary>
    void OnNotice(in ServerNotice message);

    /// <summary>Whether nothing more is expected from the server: the connection need not be kept until it closes it.</summary>
    bool IsOver => false;

    /// <summary>Everything received so far was handed over: now is the time to show it.</summary>
    ValueTask OnBatchEndAsync(CancellationToken cancellationToken);
}
