using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace IpcSamples;

/// <summary>A stream over TCP on the loopback address; a line is a message.</summary>
internal static class Tcp
{
    internal static void Serve(string port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, ParsePort(port));
        listener.Start();
        Characters.Ready();
        Lines.Answer(listener.AcceptSocket());
    }

    internal static void Ask(string port, string line)
    {
        using var client = new TcpClient { NoDelay = true };
        client.Connect(IPAddress.Loopback, ParsePort(port));
        Lines.Ask(client.Client, line);
    }

    private static int ParsePort(string port) => int.Parse(port, CultureInfo.InvariantCulture);
}
