namespace Shared.Protocol.Transport.Idle;

/// <summary>Sleeps at once. It holds nothing, so all threads may share it.</summary>
public sealed class BlockingIdleStrategy : IIdleStrategy
{
    /// <summary>The one there is.</summary>
    public static BlockingIdleStrategy Instance { get; } = new();

    private BlockingIdleStrategy()
    {
    }

    /// <inheritdoc/>
    public bool LooksAgain(bool isBusy) => false;

    /// <inheritdoc/>
    public void OnFrame()
    {
    }

    /// <inheritdoc/>
    public bool TryPause() => false;
}
