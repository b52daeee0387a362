using System.Net.Sockets;
using System.Text;
using Shared.Protocol.Administration;
using Shared.Protocol.Hosting;
using Shared.Protocol.Hosting.Ipc.Beacons;
using Shared.Protocol.Interop.Linux;
using Shared.Protocol.Transport;

namespace Shared.Operations.Endpoint;

/// <summary>
/// The Unix socket of the endpoint: where it lies, and how it gets there. It has its rights before it listens, so that nobody ever connects with
/// the rights of the moment.
/// </summary>
internal static class OperationsSocket
{
    // Octal 0600 and 0660: to connect takes the right to write.
    private const int OwnerOnly = 0x180;
    private const int OwnerAndGroup = 0x1B0;

    // Octal 0055 and 07777.
    private const int EnterAndList = 0x2D;
    private const int AllPermissions = 0xFFF;

    /// <summary>The paths that a daemon's socket can have by default, in the order in which they are tried.</summary>
    public static IEnumerable<string> Candidates(IpcOptions ipc, DaemonClaim claim, string purpose = DaemonSocketPath.Operations) =>
        DaemonSocketPath.Candidates(ipc.RuntimeFolder, ipc.RequestKey, purpose, claim);

    /// <summary>The default path that can be used, its folder made where it was missing; null where there is none, with the reasons.</summary>
    public static string? TryPrepare(IpcOptions ipc, DaemonClaim claim, out string reasons, string purpose = DaemonSocketPath.Operations)
    {
        List<string> refusals = [];
        foreach (string path in Candidates(ipc, claim, purpose))
        {
            string folder = Path.GetDirectoryName(path)!;
            int bytes = Encoding.UTF8.GetByteCount(path);
            if (bytes > SysSocket.MaxPathBytes)
            {
                refusals.Add($"the path of a socket in '{folder}' takes {bytes} bytes, and an address holds {SysSocket.MaxPathBytes}");
            }
            else if (BeaconFolder.TryOpen(Path.GetDirectoryName(folder)!, ipc.GroupId, out string reason, peerUser: ipc.PeerUserId) is null
                || BeaconFolder.TryOpen(folder, ipc.GroupId, out reason, ipc.GroupId is not null, ipc.PeerUserId) is null)
            {
                refusals.Add(reason);
            }
            else
            {
                reasons = string.Empty;
                return path;
            }
        }

        reasons = string.Join("; ", refusals);
        return null;
    }

    /// <summary>
    /// Opens the folder of a default path to whoever may administer without being the daemon's user: to list and to enter, whatever the umask was. Who may
    /// connect each socket's own mode says.
    /// </summary>
    /// <param name="folder">The folder; left as it is where it is another's, who has to open it himself.</param>
    public static void OpenFolder(string folder)
    {
        if (SysStat.TryStat(folder, out FileState state) && state.IsFolder && (state.Mode & EnterAndList) != EnterAndList)
        {
            _ = SysStat.SetAccess(folder, SysStat.S_IFDIR, group: null, (state.Mode & AllPermissions) | EnterAndList);
        }
    }

    /// <summary>A socket that is bound and does not listen yet; its disposal removes the path. What a killed daemon has left at the path is replaced.</summary>
    /// <param name="path">Where.</param>
    /// <param name="group">The group that may connect besides the user of this process; null for none.</param>
    /// <param name="option">The option that says where, for the message of a refusal.</param>
    /// <exception cref="ResourceRefusedException">Somebody listens there, something else is there, or it cannot be made.</exception>
    public static Socket Bind(string path, uint? group, string option)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            _ = ForsakenSocket.Remove(path);
            if (Path.Exists(path))
            {
                throw new ResourceRefusedException($"{option}: somebody listens at '{path}', or it is no socket.");
            }

            socket.Bind(new UnixDomainSocketEndPoint(path));
            Errno error = SysStat.SetAccess(path, SysStat.S_IFSOCK, group, group is null ? OwnerOnly : OwnerAndGroup);
            if (error != Errno.None)
            {
                throw new ResourceRefusedException(
                    $"{option}: the rights of '{path}' cannot be set{(group is null ? string.Empty : $" for gid {group}, of which this user has to be a member")}: {ErrnoTable.Describe(error)}");
            }

            return socket;
        }
        catch (Exception exception)
        {
            // Also removes what it was bound to.
            socket.Dispose();
            if (exception is IOException or UnauthorizedAccessException or SocketException)
            {
                throw new ResourceRefusedException($"{option}: there can be no socket at '{path}': {exception.Message}", exception);
            }

            throw;
        }
    }
}
