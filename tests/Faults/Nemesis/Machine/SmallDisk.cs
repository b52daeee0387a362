using Testing.Support.Folders;

namespace Faults.Nemesis.Machine;

/// <summary>A disk of a few hundred kilobytes, in memory, which can be filled up. Needs the right to mount.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _path;

    private SmallDisk(string path) => _path = path;

    private string FillerPath => Path.Combine(_path, "filler");

    /// <summary>Mounts one.</summary>
    /// <exception cref="IOException">That is not allowed here.</exception>
    public static SmallDisk Mount(TempFolder folder, int kibibytes)
    {
        string path = Directory.CreateDirectory(folder.File("disk")).FullName;
        return Kernel.TryMountMemory(path, kibibytes)
            ? new SmallDisk(path)
            : throw new IOException($"No disk can be mounted at {path}; it takes CAP_SYS_ADMIN.");
    }

    /// <summary>Whether it is allowed here: tried, for more than capabilities can forbid it.</summary>
    public static bool CanBeMounted()
    {
        using var folder = new TempFolder();
        try
        {
            Mount(folder, kibibytes: 64).Dispose();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Where it is.</summary>
    public string Folder => _path;

    /// <summary>A file on it.</summary>
    public string File(string name) => Path.Combine(_path, name);

    /// <summary>Takes all the room there is.</summary>
    public void Fill()
    {
        byte[] page = new byte[4096];
        try
        {
            using var filler = new FileStream(FillerPath, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
            while (true)
            {
                filler.Write(page);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    /// <summary>Gives it back.</summary>
    public void Clear() => System.IO.File.Delete(FillerPath);

    /// <inheritdoc/>
    public void Dispose() => Kernel.Unmount(_path);
}
