using System.Net.Sockets;

namespace IpcSamples;

/// <summary>A stream over a Unix socket; a line is a message.</summary>
internal static class UnixSocket
{
    internal static void Serve(string path)
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        Characters.Ready();
        Lines.Answer(listener.Accept());
        File.Delete(path);
    }

    internal static void Ask(string path, string line)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        Lines.Ask(socket, line);
    }
}
