using Microsoft.Extensions.Logging;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Interop.Linux;

namespace Shared.Protocol.Transport.Unix;

/// <summary>
/// Looks at who is at the other end of a connection, as the kernel tells (SO_PEERCRED): by user and group, never by process, whose number may be
/// another's by now.
/// </summary>
internal sealed class UnixPeerCheck(UnixTransportOptions options, TransportMetrics metrics, ILogger logger)
{
    private readonly LogThrottle _log = new(TimeSpan.FromSeconds(10));
    private readonly uint _ownUid = Unistd.geteuid();

    /// <summary>Whether frames may be taken from it, or handed to it. A refusal is counted and logged.</summary>
    internal bool Accepts(FileDescriptor connection, Mailbox mailbox)
    {
        if (SysSocket.PeerOf(connection, out Ucred peer) == Errno.None
            && (peer.uid == _ownUid || options.AllowedUids.Contains(peer.uid) || (options.GroupId is { } group && peer.gid == group)))
        {
            return true;
        }

        metrics.PeerRejected();
        if (_log.TryPass(out long heldBack))
        {
            UnixLog.PeerRejected(logger, mailbox, peer.pid, peer.uid, peer.gid, _ownUid, heldBack);
        }

        return false;
    }
}
