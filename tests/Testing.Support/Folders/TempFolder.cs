namespace Testing.Support.Folders;

/// <summary>A folder of a test's own, removed with all it holds when disposed.</summary>
public sealed class TempFolder : IDisposable
{
    /// <summary>Its full path. Short, for the paths of Unix sockets are limited to 107 bytes.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("gs-").FullName;

    /// <summary>The full path of a file in it.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
