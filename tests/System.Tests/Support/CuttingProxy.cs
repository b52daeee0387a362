using System.Net;
using System.Net.Sockets;
using ChatClient.Connection;

namespace System.Tests.Support;

/// <summary>
/// A network between clients and a server that breaks: every connection through it is cut after some bytes, in either direction, at a place
/// that a seed decides. Some are closed, some reset.
/// </summary>
public sealed class CuttingProxy : IAsyncDisposable
{
    private const long Unlimited = long.MaxValue / 2;

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly string _serverPath;
    private readonly Random _random;
    private readonly int _maxBytes;
    private readonly List<Task> _links = [];
    private readonly Task _accepting;
    private volatile bool _isCalm;
    private int _cuts;

    /// <summary>Listens.</summary>
    /// <param name="serverPath">The server's Unix socket.</param>
    /// <param name="seed">Decides where connections are cut.</param>
    /// <param name="maxBytes">How many bytes at most a connection carries before it is cut.</param>
    public CuttingProxy(string serverPath, int seed, int maxBytes)
    {
        (_serverPath, _random, _maxBytes) = (serverPath, new Random(seed), maxBytes);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public ServerAddress Address => new("127.0.0.1", ((IPEndPoint)_listener.LocalEndPoint!).Port, null);

    /// <summary>How many connections were cut.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    /// <summary>Connections made from now on hold.</summary>
    public void BecomeCalm() => _isCalm = true;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_links);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptAsync(_stop.Token);
                _links.Add(_isCalm
                    ? LinkAsync(client, Unlimited, Unlimited, isReset: false)
                    : LinkAsync(client, _random.Next(_maxBytes), _random.Next(_maxBytes), _random.Next(2) == 0));
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task LinkAsync(Socket client, long bytesUp, long bytesDown, bool isReset)
    {
        using Socket server = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using (client)
        using (var over = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token))
        {
            client.NoDelay = true;
            try
            {
                await server.ConnectAsync(new UnixDomainSocketEndPoint(_serverPath), over.Token);
            }
            catch (SocketException)
            {
                return;
            }

            Task<bool> up = CopyAsync(client, server, bytesUp, over.Token);
            Task<bool> down = CopyAsync(server, client, bytesDown, over.Token);
            if (await await Task.WhenAny(up, down))
            {
                Interlocked.Increment(ref _cuts);
                if (isReset)
                {
                    client.LingerState = new LingerOption(true, 0);
                }
            }

            await over.CancelAsync();
            await Task.WhenAll(up, down);
        }
    }

    // True where the bytes allowed are used up, false where one side has closed.
    private static async Task<bool> CopyAsync(Socket from, Socket to, long maxBytes, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[4096];
        try
        {
            while (true)
            {
                int bytes = await from.ReceiveAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, maxBytes + 1)), cancellationToken);
                if (bytes == 0)
                {
                    to.Shutdown(SocketShutdown.Send);
                    return false;
                }

                int passed = (int)Math.Min(bytes, maxBytes);
                for (int sent = 0; sent < passed;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, passed - sent), cancellationToken);
                }

                maxBytes -= passed;
                if (passed < bytes)
                {
                    return true;
                }
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            return false;
        }
    }
}
