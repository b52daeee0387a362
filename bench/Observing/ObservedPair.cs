using System.Globalization;
using System.Net.Sockets;
using ChatClient.Connection;
using ChatClient.Load;
using Measuring;
using Testing.Support.Folders;
using Testing.Support.Ipc;
using Testing.Support.Processes;

namespace Observing;

/// <summary>A pair of daemons that is watched in one way, on keys of its own. Disposal stops it and removes what it leaves.</summary>
internal sealed class ObservedPair : IDisposable
{
    private static readonly TimeSpan s_scrapeEvery = TimeSpan.FromSeconds(1);

    private readonly TempFolder _folder = new();
    private readonly UniqueIpcKeys _keys = new();
    private readonly DaemonProcess _channel;
    private readonly DaemonProcess _chat;

    private ObservedPair(Variant variant)
    {
        Variant = variant;
        string[] common =
        [
            string.Create(CultureInfo.InvariantCulture, $"--Ipc:RequestKey={_keys.RequestKey}"), $"--Ipc:RuntimeFolder={_folder.Path}", .. variant.Options,
        ];
        _channel = new DaemonProcess("ChannelD", [.. common, "--Channel:State=memory", "--Limits:Enabled=false"]);
        _chat = new DaemonProcess("ChatD", [.. common, $"--Chat:Listen=unix:{SocketPath}"]);
    }

    /// <summary>How it is watched.</summary>
    public Variant Variant { get; }

    private string SocketPath => _folder.File("chat");

    /// <summary>Starts one, and returns when players can log in.</summary>
    public static async Task<ObservedPair> StartAsync(Variant variant)
    {
        var pair = new ObservedPair(variant);
        await pair._channel.HasPrintedAsync("[1200] channelD");
        await pair._chat.HasPrintedAsync("[3010]");
        return pair;
    }

    /// <summary>Puts load on it.</summary>
    public async Task<Sample> MeasureAsync(ObservingOptions options, int seconds, CancellationToken cancellationToken)
    {
        var load = new LoadRun(
            new LoadOptions
            {
                Servers = [new ServerAddress(string.Empty, 0, SocketPath)],
                Clients = options.Clients,
                Pipeline = options.Pipeline,
                WarmUp = TimeSpan.Zero,
                Duration = TimeSpan.FromSeconds(seconds),
            },
            new LoadProgress(TextWriter.Null, isTerminal: false));
        using var scraping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task scrapes = Variant.IsScraped ? ScrapeAsync(scraping.Token) : Task.CompletedTask;
        ProcessUsage before = Usage;
        LoadReport report = await load.RunAsync(cancellationToken);
        ProcessUsage used = Usage - before;
        await scraping.CancelAsync();
        await scrapes;
        if (!report.IsWhole && !cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"With {Variant.Name} not every line was answered:\n{report.ToText()}");
        }

        LatencyHistogram times = report.Tally.Of(LoadLineKind.Find);
        return new Sample(
            times.Count / report.Measured.TotalSeconds, times.PercentileNs(0.5) / 1e3, times.PercentileNs(0.99) / 1e3, used.CpuNs / 1e3 / Math.Max(1, times.Count));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _chat.Dispose();
        _channel.Dispose();
        _keys.Dispose();
        _folder.Dispose();
    }

    private ProcessUsage Usage => ProcessUsage.Of(_channel.Id) + ProcessUsage.Of(_chat.Id);

    private async Task ScrapeAsync(CancellationToken cancellationToken)
    {
        using HttpClient ofChat = ClientOf("chatd");
        using HttpClient ofChannel = ClientOf("channeld");
        using var timer = new PeriodicTimer(s_scrapeEvery);
        try
        {
            do
            {
                _ = await ofChat.GetStringAsync(new Uri("http://localhost/metrics"), cancellationToken);
                _ = await ofChannel.GetStringAsync(new Uri("http://localhost/metrics"), cancellationToken);
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // The measurement is over.
        }
    }

    private HttpClient ClientOf(string daemon)
    {
        string path = Path.Combine(_folder.Path, "sockets", string.Create(CultureInfo.InvariantCulture, $"{_keys.RequestKey:x8}-ops-{daemon}-0.sock"));
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        return new HttpClient(handler, disposeHandler: true);
    }
}
