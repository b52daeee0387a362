using System.Net.Sockets;
using System.Text;

namespace Shared.Protocol.Hosting.Systemd;

/// <summary>The socket on which a service manager hears how a service is (sd_notify(3)). Safe on every thread.</summary>
internal sealed class NotifySocket : IDisposable
{
    // sun_path has 108 bytes, and a path needs a zero behind it.
    private const int MaxAddressChars = 107;

    private readonly Socket _socket;
    private readonly UnixDomainSocketEndPoint _manager;

    /// <summary>Makes one. Sends nothing yet.</summary>
    /// <param name="address">The value of NOTIFY_SOCKET: a path, or a name in the abstract space after an <c>@</c>.</param>
    public NotifySocket(string address)
    {
        _manager = new UnixDomainSocketEndPoint(address[0] == '@' ? string.Concat("\0", address.AsSpan(1)) : address);
        _socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified)
        {
            // A manager that does not read must not hold up the daemon that it looks after.
            Blocking = false,
        };
    }

    /// <summary>Whether this is an address that can be sent to: others are those of virtual machines (<c>vsock:</c>), or of no manager.</summary>
    public static bool IsAddress(string? address) => address is { Length: > 1 and <= MaxAddressChars } && address[0] is '/' or '@';

    /// <summary>Sends lines of <c>NAME=VALUE</c>. Never waits and never throws.</summary>
    /// <returns>False when nobody takes it at present.</returns>
    public bool TrySend(string lines)
    {
        byte[] datagram = Encoding.UTF8.GetBytes(lines);
        try
        {
            // Not connected: a manager that is restarted has a new socket on the same path.
            return _socket.SendTo(datagram, _manager) == datagram.Length;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();
}
