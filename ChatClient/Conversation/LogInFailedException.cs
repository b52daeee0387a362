namespace ChatClient.Conversation;

/// <summary>The log-in did not come about. The message says why, for a person.</summary>
public sealed class LogInFailedException : Exception
{
    /// <inheritdoc/>
    public LogInFailedException()
    {
    }

    /// <inheritdoc/>
    public LogInFailedException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public LogInFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
