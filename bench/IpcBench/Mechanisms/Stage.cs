namespace IpcBench.Mechanisms;

/// <summary>What both processes of a mechanism need: a place, and what was made ready there.</summary>
internal class Stage(Place place) : IAsyncDisposable
{
    /// <summary>Where they meet.</summary>
    internal Place Place => place;

    /// <summary>Processes besides the two that work for every message, by their ids: a broker.</summary>
    internal virtual IReadOnlyList<int> HelperIds => [];

    /// <summary>Both processes have been started.</summary>
    internal virtual void Started()
    {
    }

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
