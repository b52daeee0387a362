using System.Net.Sockets;
using IpcBench.Exchanging;

namespace IpcBench.Mechanisms.Sockets;

/// <summary>A Unix socket of one of the three kinds.</summary>
internal sealed class UnixSocketMechanism(string id, string title, SocketType type) : Mechanism
{
    internal override string Id => id;

    internal override string Title => title;

    internal override bool HasC => true;

    protected override IAnswerer OpenAnswerer(Place place)
    {
        Socket listener = Bind(place, "answerer");
        if (type == SocketType.Dgram)
        {
            // Nobody connects to a datagram socket: the asking side says that it is there by its first datagram.
            return new ChannelAnswerer(() =>
            {
                listener.Receive(new byte[1]);
                listener.Connect(new UnixDomainSocketEndPoint(place.File("asker")));
                return Channel(listener);
            });
        }

        listener.Listen(1);
        return new ChannelAnswerer(() => Channel(listener.Accept()), listener);
    }

    protected override IAsker OpenAsker(Place place)
    {
        Socket socket = type == SocketType.Dgram ? Bind(place, "asker") : Make();
        socket.Connect(new UnixDomainSocketEndPoint(place.File("answerer")));
        if (type == SocketType.Dgram)
        {
            socket.Send(new byte[1]);
        }

        return new ChannelAsker(Channel(socket));
    }

    private Socket Make() => new(AddressFamily.Unix, type, ProtocolType.Unspecified);

    private Socket Bind(Place place, string name)
    {
        Socket socket = Make();
        socket.Bind(new UnixDomainSocketEndPoint(place.File(name)));
        return socket;
    }

    private IFrameChannel Channel(Socket socket) => type == SocketType.Stream ? new SocketStreamChannel(socket) : new SocketMessageChannel(socket);
}
