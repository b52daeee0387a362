using System.Net.Sockets;
using System.Text;
using Testing.Support.Folders;

namespace Gsctl.Tests.Support;

/// <summary>Listens as a daemon does, and answers each question with the same bytes.</summary>
internal sealed class FakeDaemon : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _serving;

    /// <summary>Listens.</summary>
    /// <param name="body">The answer, as JSON or not.</param>
    /// <param name="endless">Whether the body is sent again and again, for ever.</param>
    public FakeDaemon(string body, bool endless = false)
    {
        _listener.Bind(new UnixDomainSocketEndPoint(SocketPath));
        _listener.Listen();
        _serving = ServeAsync(body, endless, _ending.Token);
    }

    /// <summary>Where it listens.</summary>
    public string SocketPath => _folder.File("fake.sock");

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Dispose();
        await _serving.WaitAsync(Testing.Support.Waiting.Eventually.DefaultDeadline);
        _ending.Dispose();
        _folder.Dispose();
    }

    private async Task ServeAsync(string body, bool endless, CancellationToken cancellationToken)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        byte[] head = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nConnection: close\r\n{(endless ? string.Empty : $"Content-Length: {bytes.Length}\r\n")}\r\n");
        try
        {
            while (true)
            {
                using Socket caller = await _listener.AcceptAsync(cancellationToken);
                try
                {
                    _ = await caller.ReceiveAsync(new byte[16 * 1024], cancellationToken);
                    _ = await caller.SendAsync(head, cancellationToken);
                    do
                    {
                        _ = await caller.SendAsync(bytes, cancellationToken);
                    }
                    while (endless);
                }
                catch (SocketException)
                {
                    // He has gone.
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }
}
