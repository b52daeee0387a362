using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace System.Tests.Operations;

/// <summary>A collector that takes what is sent to it by OTLP over HTTP, and keeps it.</summary>
internal sealed class OtlpCollector : IDisposable
{
    private const string EndOfHead = "\r\n\r\n";
    private static readonly byte[] s_taken = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _requests = new();
    private readonly ConcurrentDictionary<Socket, bool> _connections = new();

    public OtlpCollector()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>What the daemons send to.</summary>
    public string Endpoint => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>All spans so far.</summary>
    public IReadOnlyList<SentSpan> Spans => [.. Bodies("/v1/traces").SelectMany(body => SentSpan.ReadAll(body))];

    /// <summary>All requests so far to a path.</summary>
    public IReadOnlyList<byte[]> Bodies(string path) => [.. _requests.Where(request => request.Path == path).Select(request => request.Body)];

    public void Dispose()
    {
        _ending.Cancel();
        _listener.Dispose();
        foreach (Socket connection in _connections.Keys)
        {
            connection.Dispose();
        }

        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptSocketAsync(_ending.Token));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket connection)
    {
        _connections[connection] = true;
        try
        {
            using var stream = new NetworkStream(connection, ownsSocket: true);
            var received = new MemoryStream();
            byte[] buffer = new byte[64 * 1024];
            while (await stream.ReadAsync(buffer) is > 0 and int count)
            {
                await received.WriteAsync(buffer.AsMemory(0, count));
                while (TryTake(ref received))
                {
                    await stream.WriteAsync(s_taken);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The daemon, or the test, is over.
        }
    }

    private bool TryTake(ref MemoryStream received)
    {
        byte[] bytes = received.ToArray();
        string text = Encoding.Latin1.GetString(bytes);
        int head = text.IndexOf(EndOfHead, StringComparison.Ordinal);
        if (head < 0)
        {
            return false;
        }

        string[] lines = text[..head].Split("\r\n");
        const string Length = "Content-Length: ";
        int length = int.Parse(lines.First(line => line.StartsWith(Length, StringComparison.OrdinalIgnoreCase))[Length.Length..], CultureInfo.InvariantCulture);
        int begin = head + EndOfHead.Length;
        if (bytes.Length < begin + length)
        {
            return false;
        }

        _requests.Enqueue((lines[0].Split(' ')[1], bytes[begin..(begin + length)]));
        received = new MemoryStream();
        received.Write(bytes, begin + length, bytes.Length - begin - length);
        return true;
    }
}
