using Measuring;

namespace IpcBench.Mechanisms;

/// <summary>Where both processes of a mechanism meet, and nobody else: all that a mechanism makes has its name from here.</summary>
/// <param name="Folder">A folder of its own, for sockets, FIFOs and files.</param>
/// <param name="Name">A name that nothing else on the machine has, without a slash; for POSIX queues and shared memory.</param>
/// <param name="Key">The first of <see cref="KeyCount"/> free System V keys.</param>
/// <param name="Value">What the mechanism needs besides: numbers of inherited descriptors, a broker's port; null for nothing.</param>
internal sealed record Place(string Folder, string Name, int Key, string? Value = null)
{
    /// <summary>How many keys it has.</summary>
    internal const int KeyCount = 2;

    /// <summary>Draws one and makes its folder.</summary>
    internal static Place Draw()
    {
        string folder = Directory.CreateTempSubdirectory("ipc-").FullName;
        return new Place(folder, "ipc-bench-" + Guid.NewGuid().ToString("N"), FreeKey.Find(KeyCount));
    }

    /// <summary>The full path of a file in its folder.</summary>
    internal string File(string name) => Path.Combine(Folder, name);
}
