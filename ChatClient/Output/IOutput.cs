using Shared.Protocol.Messages.Players;

namespace ChatClient.Output;

/// <summary>
/// Shows what happened. Calls only add to what is shown with the next <see cref="FlushAsync"/>. For one task at a time.
/// </summary>
public interface IOutput
{
    /// <summary>A line ended.</summary>
    void Result(in LineResult result);

    /// <summary>Something happened that nobody asked for.</summary>
    void Event(in ServerEvent message);

    /// <summary>The server, or this client itself, has something to say.</summary>
    void Notice(string code, string text);

    /// <summary>Shows everything that was added. After the reader went away it does nothing.</summary>
    ValueTask FlushAsync(CancellationToken cancellationToken);
}
