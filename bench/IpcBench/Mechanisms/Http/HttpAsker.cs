using System.Net;
using System.Net.Sockets;
using IpcBench.Exchanging;

namespace IpcBench.Mechanisms.Http;

/// <summary><see cref="HttpClient"/> over a Unix socket.</summary>
internal sealed class HttpAsker : TaskAsker
{
    /// <summary>The path of the one end point.</summary>
    internal const string Route = "/find";

    private static readonly Uri s_uri = new("http://localhost" + Route);

    private readonly HttpClient _client;
    private readonly Version _version;

    /// <summary>Connects when it is first asked.</summary>
    internal HttpAsker(string path, bool isHttp2)
    {
        _version = isHttp2 ? HttpVersion.Version20 : HttpVersion.Version11;
        _client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) => await ConnectAsync(path, cancellationToken),
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
        });
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async ValueTask AskAsync(Load load, int slot, byte[] request, long number)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, s_uri)
        {
            Version = _version,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(request),
        };
        using HttpResponseMessage response = await _client.SendAsync(message);
        response.EnsureSuccessStatusCode();
        Message.Check(await response.Content.ReadAsByteArrayAsync(), request, number, wholly: load.Count > 0);
    }

    private static async Task<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
