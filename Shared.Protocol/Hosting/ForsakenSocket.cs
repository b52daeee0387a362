using System.Net.Sockets;
using Shared.Protocol.Interop.Linux;

namespace Shared.Protocol.Hosting;

/// <summary>A Unix socket whose process was killed: nobody listens there, and yet its path cannot be bound.</summary>
public static class ForsakenSocket
{
    /// <summary>Removes the socket of a path where nobody listens. Whatever else is there stays, and binding the path will be refused.</summary>
    /// <param name="path">The path; a link is not followed.</param>
    /// <returns>Whether one was removed.</returns>
    /// <remarks>
    /// Between the look and the removal another process could begin to listen there. So whoever calls this holds something that others of its
    /// kind do not get, such as its place at a queue.
    /// </remarks>
    /// <exception cref="IOException">It cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be removed.</exception>
    public static bool Remove(string path)
    {
        if (!IsForsaken(path))
        {
            return false;
        }

        File.Delete(path);
        return true;
    }

    /// <summary>Whether there is a socket at a path where nobody listens. Nothing is changed.</summary>
    internal static bool IsForsaken(string path) => SysStat.TryStat(path, out FileState state) && state.IsSocket && IsDeaf(path);

    private static bool IsDeaf(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

        // With a full backlog a connection would wait; there is a listener, then.
        socket.Blocking = false;
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return false;
        }
        catch (SocketException failure)
        {
            return failure.SocketErrorCode == SocketError.ConnectionRefused;
        }
    }
}
