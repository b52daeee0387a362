using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Tests.Support;
using System.Text;
using Testing.Support.Folders;
using Testing.Support.Tools;
using Testing.Support.Waiting;

namespace System.Tests.Operations;

/// <summary>What the daemons count, as Prometheus and a collector see it.</summary>
public sealed class MetricsTests : IDisposable
{
    private readonly ServerPair _pair = new();

    public void Dispose() => _pair.Dispose();

    [Fact]
    public async Task Scrape_AfterSomeLines_CountsThem()
    {
        await PlayAsync();

        (int status, string chat, Net.Http.Headers.MediaTypeHeaderValue? type) = await _pair.GetAsync("chatd", "/metrics");
        Assert.Equal(200, status);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", type?.ToString());
        Assert.Contains("\nchatd_sessions 1\n", chat, StringComparison.Ordinal);
        Assert.Contains("\nchatd_lines_total{outcome=\"ok\"} 2\n", chat, StringComparison.Ordinal);
        Assert.Contains("\nchatd_line_duration_seconds_count{command=\"find\",outcome=\"ok\"} 2\n", chat, StringComparison.Ordinal);
        Assert.Contains("\nipc_request_duration_seconds_count{outcome=\"ok\",request=\"command\"} 2\n", chat, StringComparison.Ordinal);
        Assert.Contains("\nipc_link_up{channeld=\"0\"} 1\n", chat, StringComparison.Ordinal);
        string channel = (await _pair.GetAsync("channeld", "/metrics")).Body;
        Assert.Contains("\nchanneld_characters 1\n", channel, StringComparison.Ordinal);
        Assert.Contains("\nchanneld_command_duration_seconds_count{command=\"find\"} 2\n", channel, StringComparison.Ordinal);
        Assert.Contains("\nchanneld_state_duration_seconds_count{operation=\"Load\",outcome=\"ok\"} 1\n", channel, StringComparison.Ordinal);
        Assert.Contains("\nipc_chats_admitted 1\n", channel, StringComparison.Ordinal);
        Assert.Contains("\nipc_queue_capacity_bytes{queue=\"request\"} ", channel, StringComparison.Ordinal);
        Assert.Contains("\ndotnet_gc_collections_total{gc_heap_generation=\"gen0\"} ", channel, StringComparison.Ordinal);
        Assert.Contains("\nkestrel_active_connections{", channel, StringComparison.Ordinal);
    }

    [RequiresPromtoolFact]
    public async Task Scrape_OfBoth_PleasesPromtool()
    {
        await PlayAsync();
        foreach (string daemon in (string[])["chatd", "channeld"])
        {
            (int exitCode, string output) = await Promtool.CheckMetricsAsync((await _pair.GetAsync(daemon, "/metrics")).Body);
            Assert.True(exitCode == 0, output);
        }
    }

    [Fact]
    public async Task Document_OfMetrics_IsWhatBothDaemonsShow()
    {
        await PlayAsync();
        string path = Repository.File("docs/metrics.md");
        string before = await File.ReadAllTextAsync(path);
        string after = MetricsDocument.Update(
            before, (await _pair.GetAsync("chatd", "/metrics")).Body, (await _pair.GetAsync("channeld", "/metrics")).Body);
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(path, after);
        }

        Assert.True(after == before || after == await File.ReadAllTextAsync(path), $"{path} has to be (UPDATE_DOCS=1 writes it):\n{after}");
    }

    [Fact]
    public async Task Otlp_EndpointIsSet_MetricsArriveAndOnlyThenAreItsLibrariesLoaded()
    {
        using var collector = new TcpListener(IPAddress.Loopback, 0);
        collector.Start();
        string endpoint = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)collector.LocalEndpoint).Port}");
        _ = _pair.LaunchChannel($"--Ops:OtlpEndpoint={endpoint}", "--Ops:OtlpIntervalMs=100");
        _ = _pair.LaunchChat();
        await _pair.ReadyAsync();

        using TcpClient connection = await collector.AcceptTcpClientAsync().WaitAsync(Eventually.DefaultDeadline);
        string request = await ReadUntilAsync(connection.GetStream(), "channeld.characters");
        Assert.StartsWith("POST /v1/metrics HTTP/1.1", request, StringComparison.Ordinal);
        Assert.Contains("application/x-protobuf", request, StringComparison.Ordinal);
        Assert.True(HasLoadedOpenTelemetry(_pair.Channel.Id));
        Assert.False(HasLoadedOpenTelemetry(_pair.Chat.Id));

        // The collector never answers, and still the daemon stops in time.
        (int exitCode, TimeSpan duration) = await _pair.Channel.StopAsync();
        Assert.Equal(0, exitCode);
        Assert.True(duration < Eventually.DefaultDeadline);
    }

    private async Task PlayAsync()
    {
        await _pair.StartBothAsync();
        TestPlayer player = await _pair.LogInAsync("세는이");
        Assert.Equal("same_map", (await player.AskAsync("/찾기 세는이")).Code);
        Assert.Equal("not_found", (await player.AskAsync("/찾기 없는이")).Code);

        // He stays: what a player is counted as is to be seen. The pair's end is his.
    }

    private static bool HasLoadedOpenTelemetry(int processId) =>
        File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/maps")).Contains("/OpenTelemetry", StringComparison.Ordinal);

    /// <summary>Answers requests until one holds the text; that one stays without an answer.</summary>
    private static async Task<string> ReadUntilAsync(NetworkStream stream, string text)
    {
        using CancellationTokenSource deadline = new(Eventually.DefaultDeadline);
        while (true)
        {
            string request = await ReadRequestAsync(stream, deadline.Token);
            if (request.Contains(text, StringComparison.Ordinal))
            {
                return request;
            }

            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), deadline.Token);
        }
    }

    private static async Task<string> ReadRequestAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        const string EndOfHead = "\r\n\r\n";
        StringBuilder read = new();
        byte[] buffer = new byte[64 * 1024];
        while (true)
        {
            int count = await stream.ReadAsync(buffer, cancellationToken);
            Assert.True(count > 0, $"The connection ended after: {read}");
            string request = read.Append(Encoding.Latin1.GetString(buffer, 0, count)).ToString();
            int head = request.IndexOf(EndOfHead, StringComparison.Ordinal);
            if (head > 0 && request.Length >= head + EndOfHead.Length + LengthOf(request[..head]))
            {
                return request;
            }
        }
    }

    private static int LengthOf(string head) => int.Parse(
        head.Split("\r\n").First(line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase))["Content-Length: ".Length..],
        CultureInfo.InvariantCulture);
}
