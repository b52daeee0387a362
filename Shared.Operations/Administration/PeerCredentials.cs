using System.Net.Sockets;
using System.Runtime.InteropServices;
using Shared.Protocol.Interop.Linux;

namespace Shared.Operations.Administration;

/// <summary>Who is at the other end of a Unix socket, as of his connect.</summary>
internal static class PeerCredentials
{
    // <sys/socket.h>, Linux 4.13: the further groups of the peer.
    private const int SoPeerGroups = 59;

    // More groups than anybody is in. Of whoever is in more none counts but his effective one.
    private const int MaxGroups = 1024;

    // What the kernel says of a connection that has no such peer (socket(7)): (uid_t)-1, which is nobody.
    private const uint NobodyUid = uint.MaxValue;

    /// <summary>Reads it; null where the kernel does not tell, as for a connection over TCP.</summary>
    public static AdminCaller? TryRead(Socket socket) =>
        SysSocket.PeerOf(socket.SafeHandle, out Ucred peer) == Errno.None && peer.uid != NobodyUid
            ? new AdminCaller(peer.uid, peer.gid, peer.pid, ReadGroups(socket))
            : null;

    private static uint[] ReadGroups(Socket socket)
    {
        uint[] groups = new uint[MaxGroups];
        try
        {
            int bytes = socket.GetRawSocketOption(SysSocket.SOL_SOCKET, SoPeerGroups, MemoryMarshal.AsBytes(groups.AsSpan()));
            return groups[..(bytes / sizeof(uint))];
        }
        catch (SocketException)
        {
            // An older kernel, or too many of them.
            return [];
        }
    }
}
