using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Tests.Support;
using System.Text.RegularExpressions;
using Testing.Support.Processes;

namespace System.Tests.Operations;

/// <summary>Where the endpoint is, and what keeps it from being there.</summary>
public sealed partial class EndpointTests : IDisposable
{
    private const int BadConfiguration = 2;
    private const int ResourceRefused = 3;

    private readonly ServerPair _pair = new("--Ops:TimeoutMs=20000");

    public void Dispose() => _pair.Dispose();

    [Fact]
    public async Task Listen_LoopbackPortAndSocket_ServesBoth()
    {
        string socket = Path.Combine(_pair.RuntimeFolder, "own");
        _ = _pair.LaunchChannel($"--Ops:Listen=127.0.0.1:0,unix:{socket}");
        await _pair.ChannelRunsAsync();
        string port = PortPattern().Match(_pair.Channel.Output).Groups[1].Value;

        using HttpClient client = new();
        Assert.Equal("alive\n", await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/healthz")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(socket));
        using HttpResponseMessage posted = await client.PostAsync(new Uri($"http://127.0.0.1:{port}/readyz"), content: null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, posted.StatusCode);
        Assert.Equal((0, "channelD is ready\n", string.Empty), await _pair.RunAsync("ChannelD", "--health", $"--Ops:Listen=127.0.0.1:{port}"));
        Assert.Equal((0, "channelD is ready\n", string.Empty), await _pair.RunAsync("ChannelD", "--health", $"--Ops:Listen=unix:{socket}"));
        Assert.False(File.Exists(_pair.SocketOf("channeld")));
    }

    [Fact]
    public async Task Listen_RemoteAddress_IsRefusedUnlessMeant()
    {
        (int exitCode, _, string error) = await _pair.RunAsync("ChannelD", "--check-config", "--Ops:Listen=0.0.0.0:9100");
        Assert.Equal(BadConfiguration, exitCode);
        Assert.Contains("Ops:AllowRemote", error, StringComparison.Ordinal);
        Assert.Equal(0, (await _pair.RunAsync("ChannelD", "--check-config", "--Ops:Listen=0.0.0.0:9100", "--Ops:AllowRemote=true")).ExitCode);
    }

    [Fact]
    public async Task Listen_PortInUse_Exits3AndNamesTheOption()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        string address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

        _ = _pair.LaunchChannel($"--Ops:Listen={address}");
        Assert.Equal(ResourceRefused, await _pair.Channel.ExitAsync());
        Assert.Contains($"Ops:Listen = {address}", _pair.Channel.Error, StringComparison.Ordinal);

        _ = _pair.LaunchChat($"--Chat:Listen={address}");
        Assert.Equal(ResourceRefused, await _pair.Chat.ExitAsync());
        Assert.Contains($"Chat:Listen = {address}", _pair.Chat.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("http", _pair.Chat.Error, StringComparison.Ordinal);
        Assert.True(_pair.Keys.AreUnused);
    }

    [Fact]
    public async Task Listen_PathOfAFile_Exits3AndTheFileStays()
    {
        string path = Path.Combine(_pair.RuntimeFolder, "mine");
        await File.WriteAllTextAsync(path, "mine");

        _ = _pair.LaunchChannel($"--Ops:Listen=unix:{path}");
        Assert.Equal(ResourceRefused, await _pair.Channel.ExitAsync());
        Assert.Contains(path, _pair.Channel.Error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task Page_AtEveryAddressOfChatD_AndOnlyItsOwnNamesAreAnswered()
    {
        await _pair.StartBothAsync(chat: ["--Ops:Listen=socket,127.0.0.1:0", "--Ops:HostNames=chatd"]);
        Assert.Equal(200, (await _pair.GetAsync("chatd", "/")).Status);
        Assert.Equal(404, (await _pair.GetAsync("channeld", "/")).Status);
        Assert.Equal(404, (await _pair.GetAsync("channeld", "/stats")).Status);

        Uri page = new($"http://127.0.0.1:{PortPattern().Match(_pair.Chat.Output).Groups[1].Value}/");
        Assert.Equal((HttpStatusCode.OK, "default-src 'none'"), await AskAsync(page, HttpMethod.Get, "127.0.0.1"));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(page, HttpMethod.Get, "localhost:1")).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(page, HttpMethod.Get, "chatd:9464")).Status);
        foreach (string path in (string[])["", "stats", "metrics", "readyz"])
        {
            Assert.Equal(HttpStatusCode.MisdirectedRequest, (await AskAsync(new Uri(page, path), HttpMethod.Get, "stranger.example")).Status);
        }

        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await AskAsync(new Uri(page, "stats"), HttpMethod.Post, "localhost")).Status);
    }

    [Fact]
    public async Task Page_ItsPortIsTaken_ChatDRunsWithoutAndTakesItWhenItIsFree()
    {
        // The port of a number that nobody has: the default one may be somebody's.
        string[] options = [
            $"--Ipc:RequestKey={_pair.Keys.RequestKey.ToString(CultureInfo.InvariantCulture)}", $"--Ipc:RuntimeFolder={_pair.RuntimeFolder}",
            "--Ipc:ChatDaemons=64", "--Chat:Instance=37", $"--Chat:Listen=unix:{_pair.SocketPath}"];
        using (var listener = new TcpListener(IPAddress.Loopback, 7780 + 37))
        {
            listener.Start();
            using var without = new DaemonProcess("ChatD", options);
            await without.HasPrintedAsync("[1200] chatD");
            Assert.Contains("[1406] The operations page is not at 127.0.0.1:7817", without.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("[1405]", without.Output, StringComparison.Ordinal);
            Assert.Equal(0, (await without.StopAsync()).ExitCode);
        }

        using var with = new DaemonProcess("ChatD", options);
        await with.HasPrintedAsync("[1405] The operations page is at http://127.0.0.1:7817/");
        using HttpClient client = new();
        Assert.StartsWith("<!DOCTYPE html>", await client.GetStringAsync(new Uri("http://127.0.0.1:7817/")), StringComparison.Ordinal);
        Assert.Equal(0, (await with.StopAsync()).ExitCode);
    }

    [Fact]
    public async Task Listen_Off_ServesNothing()
    {
        await _pair.StartBothAsync(channel: ["--Ops:Listen=off"], chat: ["--Ops:Listen=off"]);

        Assert.Empty(Directory.GetFiles(Path.Combine(_pair.RuntimeFolder, "sockets"), "*-ops-*"));
        await _pair.StopCleanlyAsync();
    }

    [Fact]
    public async Task Listen_SecondDaemonOfTheNumber_LeavesTheFirstItsSocket()
    {
        await _pair.StartBothAsync();
        Assert.Equal(ResourceRefused, await _pair.LaunchChannel().ExitAsync());

        Assert.Equal(200, (await _pair.GetAsync("channeld", "/readyz")).Status);
    }

    private static async Task<(HttpStatusCode Status, string Policy)> AskAsync(Uri address, HttpMethod method, string host)
    {
        using HttpClient client = new();
        using HttpRequestMessage request = new(method, address);
        request.Headers.Host = host;
        using HttpResponseMessage response = await client.SendAsync(request);
        return (response.StatusCode, response.Headers.GetValues("Content-Security-Policy").Single().Split(';')[0]);
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:(\d+)")]
    private static partial Regex PortPattern();
}
