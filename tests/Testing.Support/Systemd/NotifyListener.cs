using System.Net.Sockets;
using System.Text;
using Testing.Support.Folders;

namespace Testing.Support.Systemd;

/// <summary>Stands for systemd: takes what services say on its notification socket, and keeps it.</summary>
public sealed class NotifyListener : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly List<string> _said = [];

    /// <summary>Opens the socket and listens.</summary>
    public NotifyListener()
    {
        _socket.Bind(new UnixDomainSocketEndPoint(Address));

        // It ends with the socket.
        _ = Task.Run(ReadAsync);
    }

    /// <summary>What NOTIFY_SOCKET has to be.</summary>
    public string Address => _folder.File("notify");

    /// <summary>The lines that were said so far, in order.</summary>
    public string[] Said
    {
        get
        {
            lock (_said)
            {
                return [.. _said];
            }
        }
    }

    /// <summary>How often a line was said so far.</summary>
    public int Count(string line) => Said.Count(said => said == line);

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        if (Directory.Exists(_folder.Path))
        {
            _folder.Dispose();
        }
    }

    private async Task ReadAsync()
    {
        byte[] buffer = new byte[4096];
        try
        {
            while (true)
            {
                int length = await _socket.ReceiveAsync(buffer);
                lock (_said)
                {
                    _said.AddRange(Encoding.UTF8.GetString(buffer, 0, length).Split('\n'));
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }
}
