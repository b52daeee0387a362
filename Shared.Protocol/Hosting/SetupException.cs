namespace Shared.Protocol.Hosting;

/// <summary>
/// What the daemon was put together from cannot be used, such as a command whose description is not sound: starting again without a change is
/// useless. A daemon exits with code 2, and tells the message in one line.
/// </summary>
public sealed class SetupException : Exception
{
    /// <inheritdoc/>
    public SetupException()
    {
    }

    /// <inheritdoc/>
    public SetupException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public SetupException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
