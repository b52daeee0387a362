using System.Globalization;
using System.Net.Sockets;
using Shared.Protocol.Hosting.Settings;
using Shared.Protocol.Interop.Linux;

namespace Gsctl.Discovery;

/// <summary>
/// Whether whoever serves a socket may be one of the daemons, by its user (SO_PEERCRED). Any local user may put a socket where anybody may write, or make the
/// folder of the daemons before they do: an operator would be shown whatever that user likes, and would tell him whom he mutes and why.
/// </summary>
/// <param name="users">Who may be besides root, this user, and those who own the folders; null among them is nobody.</param>
internal sealed class ServerTrust(params uint?[] users)
{
    private const uint RootUid = 0;

    /// <summary>Looks who has listened at the other end.</summary>
    /// <param name="connection">A connected Unix socket, over which nothing has been sent.</param>
    /// <param name="socketPath">Where it is connected to.</param>
    /// <returns>Why it is not to be used, for the operator; null where it may be.</returns>
    public string? FindFault(Socket connection, string socketPath) =>
        SysSocket.PeerOf(connection.SafeHandle, out Ucred server) == Errno.None ? FindFault(server.uid, socketPath) : "the kernel does not tell who serves it";

    /// <summary>The same of a user.</summary>
    public string? FindFault(uint serverUid, string socketPath)
    {
        if (serverUid == RootUid || serverUid == Unistd.geteuid() || users.Contains(serverUid) || IsInFoldersOf(serverUid, socketPath))
        {
            return null;
        }

        string name = AccountNames.NameOfUser(serverUid) is { } known ? $" ({known})" : string.Empty;
        string folder = Path.GetDirectoryName(Path.GetFullPath(socketPath)) ?? "/";
        string owner = SysStat.TryStat(folder, out FileState state) ? string.Create(CultureInfo.InvariantCulture, $"of uid {state.Uid}") : "gone";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"it is served by uid {serverUid}{name}, which need not be the daemons' user: the folder {folder} is {owner}, or lies where others may make one. Nothing was asked. If that user runs your daemons, say so: --user {serverUid}. If not, somebody pretends to be one: end his process and remove the socket");
    }

    // Only the user and root can have made any of the folders on the way, or can put something else there. A group that may write to one of the user's is his choice; what lies in one of
    // root's, any of its group can have made.
    private static bool IsInFoldersOf(uint user, string socketPath)
    {
        bool isAnyOfUser = false;
        for (string? folder = Path.GetDirectoryName(Path.GetFullPath(socketPath)); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (!SysStat.TryStat(folder, out FileState state) || !state.IsFolder || (state.Uid != user && state.Uid != RootUid) || (state.Mode & SysStat.S_IWOTH) != 0
                || (state.Uid == RootUid && (state.Mode & SysStat.S_IWGRP) != 0 && state.Gid != RootUid))
            {
                return false;
            }

            isAnyOfUser |= state.Uid == user;
        }

        return isAnyOfUser;
    }
}
