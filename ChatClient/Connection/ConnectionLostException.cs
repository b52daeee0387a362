namespace ChatClient.Connection;

/// <summary>The connection cannot be used any more. The message says why, for a person.</summary>
public sealed class ConnectionLostException : Exception
{
    /// <inheritdoc/>
    public ConnectionLostException()
    {
    }

    /// <inheritdoc/>
    public ConnectionLostException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public ConnectionLostException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Whether the server broke the protocol: another connection would end in the same way.</summary>
    public bool IsServersFault { get; init; }
}
