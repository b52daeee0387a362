using Shared.Protocol.Interop.Linux;

namespace Shared.Protocol.Transport.Unix;

/// <summary>
/// A socket that listens at a path. It is made beside its place and moved there when it is ready, over whatever a killed predecessor has left:
/// so there is never a moment without a socket there, and a stale one needs no guessing. That this daemon is the only one of its number was
/// settled before, by its claim.
/// </summary>
internal sealed class UnixListener : IDisposable
{
    // The reader takes them all at once; a daemon connects once to each mailbox.
    private const int Backlog = 128;

    // Octal 0600 and 0660: to connect takes the right to write.
    private const int OwnerOnly = 0x180;
    private const int OwnerAndGroup = 0x1B0;

    private readonly string _path;
    private readonly FileIdentity _file;

    private UnixListener(FileDescriptor descriptor, string path, FileIdentity file)
    {
        Descriptor = descriptor;
        _path = path;
        _file = file;
    }

    internal FileDescriptor Descriptor { get; }

    /// <summary>Whether the path still leads here.</summary>
    internal bool IsInPlace => SysStat.TryStat(_path, out FileState found) && found.IsSocket && found.Identity == _file;

    /// <summary>Listens.</summary>
    /// <param name="path">Where.</param>
    /// <param name="group">The group that may connect, besides the user of this process; null for none.</param>
    /// <param name="error">Why it cannot.</param>
    internal static UnixListener? TryOpen(string path, uint? group, out Errno error)
    {
        CallResult created = SysSocket.Create();
        error = created.Error;
        if (!created.Succeeded)
        {
            return null;
        }

        var descriptor = new FileDescriptor(created.Value);
        string unready = UnixSocketPath.Unready(path);
        try
        {
            File.Delete(unready);
            error = SysSocket.bind(descriptor, unready);
            error = error == Errno.None ? Admit(unready, group) : error;
            error = error == Errno.None ? SysSocket.listen(descriptor, Backlog) : error;

            if (error == Errno.None && SysStat.TryStat(unready, out FileState made) && made.IsSocket)
            {
                File.Move(unready, path, overwrite: true);
                return new UnixListener(descriptor, path, made.Identity);
            }

            error = error == Errno.None ? Errno.ENOENT : error;
        }
        catch (UnauthorizedAccessException)
        {
            error = Errno.EACCES;
        }
        catch (IOException exception)
        {
            // .NET hands the errno on there, but for paths that are not there.
            error = exception.HResult > 0 ? (Errno)exception.HResult : Errno.ENOENT;
        }

        TryDelete(unready);
        descriptor.Dispose();
        return null;
    }

    private static Errno Admit(string path, uint? group) =>
        SysStat.SetAccess(path, SysStat.S_IFSOCK, group, group is null ? OwnerOnly : OwnerAndGroup);

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The folder has gone or is somebody else's now.
        }
    }

    /// <summary>Takes no more connections, and removes the path if it is still this one's.</summary>
    public void Dispose()
    {
        try
        {
            if (IsInPlace)
            {
                File.Delete(_path);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The folder has gone or is somebody else's now: the next one that listens there replaces what is left.
        }

        Descriptor.Dispose();
    }
}
