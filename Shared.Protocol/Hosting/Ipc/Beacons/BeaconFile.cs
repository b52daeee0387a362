using System.Text;
using Microsoft.Win32.SafeHandles;
using Shared.Protocol.Interop.Linux;

namespace Shared.Protocol.Hosting.Ipc.Beacons;

/// <summary>
/// A beacon's file, locked by the daemon that wrote it for as long as it lives: the kernel frees the lock when the process dies, however it
/// dies. Disposal removes the file.
/// </summary>
internal sealed class BeaconFile : IDisposable
{
    // Octal 0644: those who may enter the folder may read it.
    private const int Mode = 0x1A4;

    private readonly string _path;
    private readonly SafeFileHandle _file;

    private BeaconFile(string path, SafeFileHandle file)
    {
        _path = path;
        _file = file;
    }

    /// <summary>Writes a beacon and keeps it locked; null where another process has that file, or has taken it away just now.</summary>
    /// <exception cref="IOException">It cannot be made or written here.</exception>
    internal static BeaconFile? TryMake(string path, Beacon beacon)
    {
        Errno opened = SysFile.TryOpen(path, SysFile.O_RDWR | SysFile.O_CREAT, Mode, out SafeFileHandle file);
        if (opened != Errno.None)
        {
            file.Dispose();
            throw new IOException($"'{path}' cannot be opened: {ErrnoTable.Describe(opened)}");
        }

        if (!TryOwn(path, file))
        {
            file.Dispose();
            return null;
        }

        try
        {
            byte[] text = Encoding.UTF8.GetBytes(beacon.Format());
            RandomAccess.SetLength(file, 0);
            RandomAccess.Write(file, text, 0);
            return new BeaconFile(path, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// What the living owner of a file tells; null where there is none. The file of a dead one is removed.
    /// </summary>
    internal static Beacon? TryRead(string path)
    {
        Errno opened = SysFile.TryOpen(path, SysFile.O_RDONLY, 0, out SafeFileHandle file);
        using (file)
        {
            if (opened != Errno.None || !SysStat.TryStat(file, out FileState state) || !state.IsFile)
            {
                return null;
            }

            if (TryOwn(path, file))
            {
                TryDelete(path);
                return null;
            }

            // Whoever lives may be writing it just now; then it is not whole, and read the next time.
            byte[] buffer = new byte[Beacon.MaxBytes];
            int length = RandomAccess.Read(file, buffer, 0);
            return Beacon.TryParse(Encoding.UTF8.GetString(buffer, 0, length));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // While it is locked, so that nobody else's is removed.
        TryDelete(_path);
        _file.Dispose();
    }

    /// <summary>Locks a file; false where it is locked, or no longer the one of that path.</summary>
    private static bool TryOwn(string path, SafeFileHandle file) =>
        SysFile.TryLock(file) == Errno.None
        && SysStat.TryStat(file, out FileState opened)
        && opened.IsFile
        && SysStat.TryStat(path, out FileState there)
        && there.Identity == opened.Identity;

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The folder may have become read-only. A file without a lock is taken for that of a dead daemon, so it does no harm.
        }
    }
}
