using System.Globalization;
using System.Net;
using System.Net.Sockets;
using IpcBench.Exchanging;

namespace IpcBench.Mechanisms.Sockets;

/// <summary>TCP on the loopback address, without Nagle's delay.</summary>
internal sealed class TcpMechanism : Mechanism
{
    internal override string Id => "tcp";

    internal override string Title => "TCP, loopback";

    internal override bool HasC => true;

    protected override IAnswerer OpenAnswerer(Place place)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        File.WriteAllText(place.File("port"), ((IPEndPoint)listener.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture));
        return new ChannelAnswerer(() => Channel(listener.Accept()), listener);
    }

    protected override IAsker OpenAsker(Place place)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Loopback, int.Parse(File.ReadAllText(place.File("port")), CultureInfo.InvariantCulture));
        return new ChannelAsker(Channel(socket));
    }

    private static SocketStreamChannel Channel(Socket socket)
    {
        socket.NoDelay = true;
        return new SocketStreamChannel(socket);
    }
}
