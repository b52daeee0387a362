namespace ChannelD.State;

/// <summary>A store could not do what it was asked to.</summary>
public sealed class StateStoreException : Exception
{
    /// <inheritdoc/>
    public StateStoreException()
    {
    }

    /// <inheritdoc/>
    public StateStoreException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public StateStoreException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Whether a change that was asked for may have been made all the same. False: surely not.</summary>
    public bool MayHaveHappened { get; init; }
}
