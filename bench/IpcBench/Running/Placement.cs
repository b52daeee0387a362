using IpcBench.Mechanisms;

namespace IpcBench.Running;

/// <summary>A place for one mechanism, drawn and removed with all that was made there, whoever made it.</summary>
internal sealed class Placement(Mechanism mechanism) : IAsyncDisposable
{
    /// <summary>The place.</summary>
    internal Place Place { get; } = Place.Draw();

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        mechanism.Remove(Place);
        Directory.Delete(Place.Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
