using System.Globalization;
using Testing.Support.Folders;
using Testing.Support.Processes;

namespace Faults.Nemesis.Machine;

/// <summary>A disk of a few hundred kilobytes, in memory, which can be filled up. Needs the right to mount.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _path;

    private SmallDisk(string path) => _path = path;

    private string FillerPath => Path.Combine(_path, "filler");

    /// <summary>Mounts one.</summary>
    public static async Task<SmallDisk> MountAsync(TempFolder folder, int kibibytes)
    {
        string path = Directory.CreateDirectory(folder.File("disk")).FullName;
        string size = string.Create(CultureInfo.InvariantCulture, $"size={kibibytes}k");
        await ProcessOutput.ReadAsync("mount", "-t", "tmpfs", "-o", size, "none", path);
        return new SmallDisk(path);
    }

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
