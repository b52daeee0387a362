using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Options;
using Shared.Operations.Administration;
using Shared.Protocol.Administration;
using Shared.Protocol.Hosting;
using Shared.Protocol.Transport;
using Testing.Support.Folders;
using Testing.Support.Waiting;

namespace Shared.Operations.Tests.Administration;

/// <summary>The endpoint on a real socket, with commands of the test's own.</summary>
public sealed class AdminEndpointTests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly RecordedLog _log = new();
    private readonly EchoCommand _change = new("/v1/change", AdminCommandKind.Change);
    private readonly EchoCommand _watch = new("/v1/watch", AdminCommandKind.Watch);
    private readonly AdminEndpoint _endpoint;
    private readonly HttpClient _client;

    public AdminEndpointTests()
    {
        _endpoint = new AdminEndpoint(
            Options.Create(new OpsOptions { AdminSocket = SocketPath }),
            Options.Create(new IpcOptions()),
            new DaemonIdentity("testD", new DaemonClaim(DaemonRole.ChatD, 0)),
            [new EchoCommand("/v1/read", AdminCommandKind.Read), _change, _watch],
            _log);
        _client = new HttpClient(new SocketsHttpHandler { ConnectCallback = async (_, token) => new NetworkStream(await ConnectAsync(token), ownsSocket: true) })
        {
            BaseAddress = new Uri("http://localhost"),
            Timeout = Eventually.DefaultDeadline,
        };
    }

    private string SocketPath => _folder.File("admin.sock");

    public Task InitializeAsync() => _endpoint.StartAsync(CancellationToken.None);

    public Task DisposeAsync() => _endpoint.StopAsync(CancellationToken.None);

    public void Dispose()
    {
        _client.Dispose();
        _endpoint.Dispose();
        _folder.Dispose();
        _log.Dispose();
    }

    [Fact]
    public void Socket_WithoutAGroup_IsForItsUserAlone() =>
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(SocketPath));

    [Fact]
    public async Task Read_Query_IsAnswered() =>
        Assert.Equal((HttpStatusCode.OK, """{"name":"a b"}"""), await GetAsync("/v1/read?name=a%20b"));

    [Fact]
    public async Task Change_Body_IsAnswered() =>
        Assert.Equal((HttpStatusCode.OK, """{"name":"x"}"""), await PostAsync("/v1/change", """{"name":"x"}"""));

    [Fact]
    public async Task Change_Asked_IsLoggedAsItWasUnderstoodHoweverItIsPadded()
    {
        await PostAsync("/v1/change", "{" + new string(' ', 4000) + "\"reason\" : \"r\", \"name\":\"단풍이\\n[1432]\"}");
        Assert.Equal("/v1/change {\"name\":\"단풍이\\n[1432]\",\"reason\":\"r\"}: done", Asked());
    }

    [Fact]
    public async Task Change_CallerLeaves_IsDoneAndLoggedAsDone()
    {
        using (Socket socket = await ConnectAsync(CancellationToken.None))
        {
            const string Body = """{"name":"slow"}""";
            await socket.SendAsync(Encoding.ASCII.GetBytes($"POST /v1/change HTTP/1.1\r\nHost: x\r\nContent-Length: {Body.Length}\r\n\r\n{Body}"));
            await Eventually.TrueAsync(() => Volatile.Read(ref _change.Watching) == 1, "the change is under way");
        }

        // By then the server knows that he has gone.
        await Eventually.TrueAsync(() => _log.Lines.Any(line => line.Contains("received FIN", StringComparison.Ordinal)), "the end of the connection was seen");
        _change.Held.SetResult();
        await Eventually.TrueAsync(() => Asked() is not null, "it was logged");
        Assert.Equal("/v1/change {\"name\":\"slow\"}: done", Asked());
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/v1")]
    [InlineData("/v1/read/")]
    [InlineData("/V1/read")]
    [InlineData("/v1/../etc/passwd")]
    [InlineData("/metrics")]
    public async Task AnyOtherPath_IsUnknownAndNamesThoseThereAre(string path)
    {
        (HttpStatusCode status, string body) = await GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains(AdminCodes.UnknownPath, body, StringComparison.Ordinal);
        Assert.Contains("/v1/change, /v1/read, /v1/watch", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongMethod_IsRefused()
    {
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await GetAsync("/v1/change")).Status);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await PostAsync("/v1/read", "{}")).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"name\":")]
    [InlineData("{\"name\":1}")]
    [InlineData("{\"name\":null}")]
    [InlineData("{}")]
    [InlineData("{\"name\":\"x\",\"unknownToUs\":[1]}")]
    [InlineData("{\"name\":\"x\",\"name\":\"y\"}")]
    [InlineData("{\"Name\":\"x\"}")]
    [InlineData("\u0000")]
    public async Task Change_BodyThatIsNotValid_IsRefusedAndSaysWhy(string body)
    {
        (HttpStatusCode status, string answer) = await PostAsync("/v1/change", body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(AdminCodes.BadRequest, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_BodyOfDepth_IsRefused() =>
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("/v1/change", "{\"x\":" + new string('[', 4000) + new string(']', 4000) + "}")).Status);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Change_HugeBody_IsRefusedUnread(bool isChunked)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/v1/change") { Content = new ByteArrayContent(new byte[AdminLimits.MaxBodyBytes + 1]) };
        request.Headers.TransferEncodingChunked = isChunked;
        using HttpResponseMessage response = await _client.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains(AdminCodes.TooLarge, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST /v1/ch")]
    [InlineData("POST /v1/change HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")]
    public async Task SlowClient_IsCutOff(string beginning)
    {
        using Socket socket = await ConnectAsync(CancellationToken.None);
        await socket.SendAsync(Encoding.ASCII.GetBytes(beginning));

        // Whatever is answered first, the connection ends by the daemon's will.
        byte[] buffer = new byte[4096];
        using var deadline = new CancellationTokenSource(Eventually.DefaultDeadline);
        while (await socket.ReceiveAsync(buffer, deadline.Token) > 0)
        {
        }

        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/v1/read?name=x")).Status);
    }

    [Fact]
    public async Task MoreConnectionsThanAllowed_AreClosed_AndGivenBackLater()
    {
        List<Socket> all = [];
        try
        {
            for (int i = 0; i < 80; i++)
            {
                all.Add(await ConnectAsync(CancellationToken.None));
            }

            await Eventually.TrueAsync(() => all.Count(IsClosed) >= 16, "those beyond the bound were closed");
        }
        finally
        {
            all.ForEach(socket => socket.Dispose());
        }

        HttpStatusCode status = default;
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    status = (await GetAsync("/v1/read?name=x")).Status;
                    return true;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            "there was room again");
        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Fact]
    public async Task Fault_IsToldWithoutItsReason()
    {
        (HttpStatusCode status, string body) = await GetAsync("/v1/read?name=fault");
        Assert.Equal(HttpStatusCode.InternalServerError, status);
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_CallerLeaves_Ends()
    {
        using (HttpResponseMessage response = await WatchAsync())
        using (StreamReader lines = new(await response.Content.ReadAsStreamAsync()))
        {
            Assert.Equal("""{"name":"w"}""", await lines.ReadLineAsync());
            Assert.Equal(1, Volatile.Read(ref _watch.Watching));
        }

        await Eventually.TrueAsync(() => Volatile.Read(ref _watch.Watching) == 0, "the watch has ended");
    }

    [Fact]
    public async Task Watch_CallerDoesNotRead_IsCutOff()
    {
        using Socket socket = await ConnectAsync(CancellationToken.None);
        socket.ReceiveBufferSize = 1;
        string body = "{\"name\":\"" + new string('x', 10_000) + "\"}";
        await socket.SendAsync(Encoding.ASCII.GetBytes($"POST /v1/watch HTTP/1.1\r\nHost: x\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
        await Eventually.TrueAsync(() => Volatile.Read(ref _watch.Watching) == 1, "the watch has begun");
        await Eventually.TrueAsync(() => Volatile.Read(ref _watch.Watching) == 0, "the watch has ended");
    }

    [Fact]
    public async Task Stop_EndsWatches()
    {
        using HttpResponseMessage response = await WatchAsync();
        await Eventually.TrueAsync(() => Volatile.Read(ref _watch.Watching) == 1, "the watch has begun");
        await _endpoint.StopAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => Volatile.Read(ref _watch.Watching) == 0, "the watch has ended");
        Assert.False(File.Exists(SocketPath));
    }

    // The line of the log behind "asked for".
    private string? Asked() => _log.Lines.LastOrDefault(line => line.Contains(" asked for ", StringComparison.Ordinal))?.Split(" asked for ", 2)[1];

    private static bool IsClosed(Socket socket) => socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0;

    private async Task<HttpResponseMessage> WatchAsync()
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/v1/watch") { Content = new StringContent("""{"name":"w"}""") };
        return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private async Task<(HttpStatusCode Status, string Body)> GetAsync(string path)
    {
        // As it stands: a client would tidy the path up.
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri("http://localhost" + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        using HttpResponseMessage response = await _client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(string path, string body)
    {
        using StringContent content = new(body);
        using HttpResponseMessage response = await _client.PostAsync(new Uri(path, UriKind.Relative), content);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private async ValueTask<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath), cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
