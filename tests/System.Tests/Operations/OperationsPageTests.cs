using System.Globalization;
using System.Tests.Support;
using Testing.Support.Browser;
using Testing.Support.Folders;
using Testing.Support.Ports;
using Testing.Support.Processes;
using Testing.Support.Waiting;

namespace System.Tests.Operations;

/// <summary>The operations page in a real browser, on real daemons under a load.</summary>
public sealed class OperationsPageTests : IAsyncLifetime, IDisposable
{
    private const string Image = "docs/images/operations-page.png";
    private const int MaxImageBytes = 200_000;
    private const int PhoneWidth = 360;

    // While the daemon is away the browser itself tells that nobody answered.
    private const string NobodyAnswered = "Failed to load resource: net::ERR_";

    private readonly ServerPair _pair = new("--Ipc:HeartbeatMs=200", "--Ipc:LeaseMs=2000", "--Ops:TimeoutMs=20000");
    private readonly PageBrowser _browser = new();
    private readonly string _address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{FreePort.Find()}");
    private DaemonProcess? _second;
    private ClientProcess? _load;

    private Uri Page => new($"http://{_address}/");

    private static bool IsForTheDocs => Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1";

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _browser.DisposeAsync().AsTask();

    public void Dispose()
    {
        _load?.Dispose();
        _pair.Dispose();
    }

    [RequiresBrowserFact]
    public async Task Page_UnderLoad_ShowsEverythingAndFitsOnAPhone()
    {
        await StartAsync();
        await _browser.OpenAsync(Page, 1280, 900);

        await _browser.HoldsAsync("document.querySelector('#state.ready') && document.querySelector('#word').textContent === '● Ready'");
        await _browser.HoldsAsync("Number.parseFloat(document.querySelector('#rate-figure').textContent) > 20");
        await _browser.HoldsAsync("/^[0-9.]+ (µs|ms|s) p99 · p50 [0-9.]+ (µs|ms|s)$/.test(document.querySelector('#latency-figure').textContent)");
        await _browser.HoldsAsync("document.querySelector('#sessions-figure').textContent === '6 players'");
        await _browser.HoldsAsync("document.querySelector('#sessions-plot').innerText.replace(/\\s+/g, ' ').includes('channel 1 3 channel 2 3')");
        await _browser.HoldsAsync("document.querySelector('#peers-figure').textContent === '2 of 2 channelDs answer'");
        await _browser.HoldsAsync("/requests .+ of .+ KiB \\([0-9]+ %\\) · results /.test(document.querySelector('#queues-note').textContent)");
        await _browser.HoldsAsync("/window .+ of .+ KiB in use/.test(document.querySelector('#in-flight-note').textContent)");
        await _browser.HoldsAsync("document.querySelector('#outcomes-plot').innerText.includes('ok')");
        Assert.StartsWith("chatD 0", await _browser.TextAsync("h1"), StringComparison.Ordinal);

        // What was before the page was opened is there too: the daemon has kept it.
        await _browser.HoldsAsync("document.querySelector('#rate-plot path')?.getAttribute('d').split('L').length > 8");

        await ReadsValuesOffAsync();
        await FitsAsync();
        if (IsForTheDocs)
        {
            await UpdateImageAsync();
        }

        Assert.InRange(new FileInfo(Repository.File(Image)).Length, 1, MaxImageBytes);
        await AsksNobodyElseAsync();
        Assert.Empty(await _browser.SeenAsync("console"));
    }

    [RequiresBrowserFact]
    public async Task Page_DaemonsGoAndComeBack_TellsItAndGoesOnByItself()
    {
        await StartAsync();
        await _browser.OpenAsync(Page, PhoneWidth, 740, "dark");
        await _browser.HoldsAsync("document.querySelector('#peers-figure').textContent.startsWith('2 of 2')");

        await _second!.KillAsync();
        await _browser.HoldsAsync("document.querySelector('#peers-figure.alarm')?.textContent.startsWith('1 of 2')");
        await _browser.HoldsAsync("document.querySelector('#peers .away')?.innerText.includes('channel 2') && document.querySelector('#peers rect.down')");

        await _pair.Channel.KillAsync();
        await _browser.HoldsAsync("document.querySelector('#state.degraded #word')?.textContent === '▲ Not ready'");
        await _browser.HoldsAsync("document.querySelector('#reasons').textContent.includes('channel: its channelD does not answer')");
        await _browser.HoldsAsync("document.querySelector('#outcomes-figure.alarm')");

        await _pair.Chat.KillAsync();
        await _browser.HoldsAsync("/^✕ Connection lost since [1-9][0-9]* s$/.test(document.querySelector('#state.lost #word')?.textContent)");

        await StartDaemonsAsync();
        await _browser.HoldsAsync("document.querySelector('#state.ready') && document.querySelector('#rate-plot .mark')");

        // The counters of the new run are behind those of the old one; the difference is no rate.
        Assert.DoesNotContain("-", await _browser.TextAsync("#rate-plot"), StringComparison.Ordinal);
        await using TestPlayer player = await _pair.LogInAsync("돌아온이");
        Assert.Equal("not_found", (await player.AskAsync("/찾기 없는이")).Code);

        // Those of the load have come back by themselves.
        await _browser.HoldsAsync("document.querySelector('#sessions-figure').textContent === '7 players'");

        await AsksNobodyElseAsync();
        Assert.All(await _browser.SeenAsync("console"), message => Assert.StartsWith(NobodyAnswered, message, StringComparison.Ordinal));
    }

    [RequiresBrowserFact]
    public async Task Course_CountersOfARun_BecomeRatesAndNeverNegativeOnes()
    {
        await StartDaemonsAsync();
        await _browser.OpenAsync(Page, 400, 400);

        // 10 lines in the first second; then another run, which has counted 3 in all, and has gone to 7 a second later.
        string rates = (await _browser.EvaluateAsync(
            """
            (() => {
              const course = new Course(600000);
              const columns = ['chatd_lines_total{outcome="ok"}', 'ipc_request_duration_seconds_bucket{le="0.1"}', 'ipc_request_duration_seconds_bucket{le="+Inf"}'];
              course.add({ generation: "a", startedAtMs: 0, nowMs: 2000, columns, first: 1, rows: [[1000, 90, 0, 0], [2000, 100, 10, 10]] });
              course.add({ generation: "a", startedAtMs: 0, nowMs: 2500, columns, first: 3, rows: [] });
              course.add({ generation: "b", startedAtMs: 3000, nowMs: 5000, columns, first: 1, rows: [[4000, 3, 0, 0], [5000, 7, 0, 0]] });
              return course.points.map((point) => `${point.rate}/${point.p50}`).join(" ") + ` ${course.restarts}`;
            })()
            """)).GetString()!;
        Assert.Equal("null/null 10/0.05 null/null 4/null 3000", rates);
    }

    private async Task StartAsync()
    {
        await StartDaemonsAsync();
        _load = new ClientProcess(
            "load", "--server", _pair.Address.ToString(), "--clients", "6", "--channels", "2", "--rate", IsForTheDocs ? "1200" : "100", "--warm-up", "0", "--seconds", "600", "--mix", "find=9,say=1");
        await Eventually.TrueAsync(() => _load.Error.Contains("measuring", StringComparison.Ordinal), "the load runs");
    }

    private async Task StartDaemonsAsync()
    {
        _second = _pair.LaunchChannel("--Channel:Id=2");
        await _pair.ChannelRunsAsync();
        _ = _pair.LaunchChannel();
        await _pair.ChannelRunsAsync();
        _ = _pair.LaunchChat($"--Ops:Listen=socket,{_address}");
        await _pair.Chat.HasPrintedAsync("[3010]", times: 2);
    }

    private async Task ReadsValuesOffAsync()
    {
        // Without a cursor a readout has no time; with one it does, in every plot, the same.
        const string Times = "[...document.querySelectorAll('.readout')].map((list) => list.innerText.match(/[0-9:]{8}/)?.[0] ?? '')";
        await _browser.HoldsAsync($"{Times}.every((time) => time === '')");
        await _browser.HoverAsync("#rate-plot > svg", 380, 60);
        await _browser.HoldsAsync($"{Times}.every((time) => time !== '' && time === {Times}[0])");
        await _browser.HoverAsync("#word", 5, 5);
        await _browser.HoldsAsync($"{Times}.every((time) => time === '')");
        await _browser.PressAsync("#latency-plot > svg", "End");
        await _browser.PressAsync("#latency-plot > svg", "ArrowLeft");
        await _browser.HoldsAsync($"{Times}.every((time) => time !== '' && time === {Times}[0])");
        await _browser.PressAsync("#latency-plot > svg", "Escape");
        await _browser.HoldsAsync("document.querySelector('#latency-plot > svg').getAttribute('aria-label').includes('p99: ')");
    }

    private async Task FitsAsync()
    {
        foreach (int width in (int[])[1280, 768, PhoneWidth])
        {
            await _browser.ResizeAsync(width, 740);
            await _browser.HoldsAsync($"document.documentElement.scrollWidth <= {width.ToString(CultureInfo.InvariantCulture)} && innerWidth === {width.ToString(CultureInfo.InvariantCulture)}");
            await _browser.HoldsAsync("[...document.querySelectorAll('.card')].every((card) => card.scrollWidth <= card.clientWidth)");
        }

        await _browser.ResizeAsync(1280, 900);
    }

    private async Task UpdateImageAsync()
    {
        // Something to look at: a channelD that was away for a while.
        await _browser.ClickAsync("#spans label:first-of-type");
        await _second!.KillAsync();
        await _browser.HoldsAsync("document.querySelector('#peers rect.down')?.width.baseVal.value > 60");
        _ = _pair.LaunchChannel("--Channel:Id=2");
        await _browser.HoldsAsync("document.querySelector('#rate-plot path')?.getAttribute('d').split('L').length > 57");
        Directory.CreateDirectory(Path.GetDirectoryName(Repository.File(Image))!);
        await _browser.ScreenshotAsync(Repository.File(Image));
    }

    private async Task AsksNobodyElseAsync()
    {
        string[] requests = await _browser.SeenAsync("requests");
        Assert.NotEmpty(requests);
        Assert.All(requests, request => Assert.StartsWith(Page.ToString(), request, StringComparison.Ordinal));
        Assert.Empty(await _browser.SeenAsync("faults"));
    }
}
