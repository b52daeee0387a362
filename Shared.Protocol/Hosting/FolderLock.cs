using Microsoft.Win32.SafeHandles;
using Shared.Protocol.Interop.Linux;

namespace Shared.Protocol.Hosting;

/// <summary>
/// A lock among the processes that use a folder, by <c>flock(2)</c> on the folder itself, so no file is left. The kernel frees it when its process
/// dies. For one thread at a time.
/// </summary>
public sealed class FolderLock : IDisposable
{
    private readonly SafeFileHandle _folder;

    private FolderLock(SafeFileHandle folder) => _folder = folder;

    /// <summary>Opens a folder; nothing is locked yet. Null where this user may not read it.</summary>
    /// <param name="folder">The folder's path.</param>
    public static FolderLock? TryOpen(string folder)
    {
        if (SysFile.TryOpen(folder, SysFile.O_RDONLY, 0, out SafeFileHandle handle) == Errno.None)
        {
            return new FolderLock(handle);
        }

        handle.Dispose();
        return null;
    }

    /// <summary>Takes the lock at once or not at all. True, too, where this object has it already.</summary>
    public bool TryTake() => SysFile.TryLock(_folder) == Errno.None;

    /// <summary>Gives the lock back; nothing happens where this object does not have it.</summary>
    public void Release() => SysFile.Unlock(_folder);

    /// <summary>Gives the lock back, and closes the folder.</summary>
    public void Dispose() => _folder.Dispose();
}
