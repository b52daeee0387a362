using System.Net;
using System.Net.Sockets;
using ChatClient.Connection;

namespace ChatClient.Tests.Support;

/// <summary>A chatD of a test's own on a real socket. What it does with each connection is the test's script.</summary>
public sealed class FakeChatD : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<FakePlayer, Task> _script;
    private readonly List<Task> _running = [];
    private readonly Task _accepting;

    /// <summary>Listens at once, on a free TCP port or on the path of a Unix socket.</summary>
    public FakeChatD(Func<FakePlayer, Task> script, string? unixPath = null)
    {
        _script = script;
        _listener = unixPath is null
            ? new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
            : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _listener.Bind(unixPath is null ? new IPEndPoint(IPAddress.Loopback, 0) : new UnixDomainSocketEndPoint(unixPath));
        _listener.Listen();
        Address = unixPath is null
            ? new ServerAddress("127.0.0.1", ((IPEndPoint)_listener.LocalEndPoint!).Port, null)
            : new ServerAddress(string.Empty, 0, unixPath);
        _accepting = AcceptAsync();
    }

    public ServerAddress Address { get; }

    /// <summary>The first failure of a script, for the test to look at.</summary>
    public Exception? Failure { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_running);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket socket = await _listener.AcceptAsync(_stop.Token);
                _running.Add(ServeAsync(socket));
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await using var player = new FakePlayer(socket, _stop.Token);
        try
        {
            await _script(player);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            // The client went away, or the test is over.
        }
        catch (Exception failure)
        {
            Failure ??= failure;
        }
    }
}
