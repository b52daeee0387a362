namespace Shared.Protocol.Wire.MessagePack;

/// <summary>The bytes are not the MessagePack that was expected.</summary>
public sealed class MessagePackSerializationException : Exception
{
    /// <inheritdoc/>
    public MessagePackSerializationException()
    {
    }

    /// <inheritdoc/>
    public MessagePackSerializationException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public MessagePackSerializationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
