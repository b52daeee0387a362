namespace Shared.Protocol.Transport;

/// <summary>
/// A resource that a daemon cannot do without is refused to it: a queue of another owner, a port in use, a second daemon of one
/// instance. The message tells an operator what to do. A daemon that meets it at its start exits with code 3.
/// </summary>
public sealed class ResourceRefusedException : Exception
{
    /// <inheritdoc/>
    public ResourceRefusedException()
    {
    }

    /// <inheritdoc/>
    public ResourceRefusedException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public ResourceRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
