using System.Tests.Support;
using System.Text.Json;
using Testing.Support.Browser;
using Testing.Support.Folders;
using Testing.Support.Processes;

namespace System.Tests.Load;

/// <summary>The client's own load against a real pair.</summary>
public sealed class LoadToolTests
{
    [Theory]
    [InlineData("--pipeline", "8")]
    [InlineData("--rate", "200")]
    public async Task Load_AgainstAPair_ReportsThatEveryLineWasAnswered(string how, string much)
    {
        using ServerPair pair = await ServerPair.StartAsync();
        using var load = new ClientProcess(
            "load", "--server", pair.Address.ToString(), "--clients", "6", how, much, "--seconds", "1", "--warm-up", "0.2", "--mix", "find=9,who=1", "--json");

        Assert.Equal(0, await load.EndAsync());
        JsonElement report = load.Json.Single();
        Assert.Equal(6, report.GetProperty("clients").GetInt32());
        JsonElement outcomes = report.GetProperty("outcomes");
        Assert.True(outcomes.GetProperty("ok").GetInt64() > 0, report.ToString());
        Assert.Equal(
            (0, 0, 0, 0),
            (outcomes.GetProperty("busy").GetInt64(), outcomes.GetProperty("unknown").GetInt64(), report.GetProperty("unanswered").GetInt64(), report.GetProperty("connectionsLost").GetInt64()));
        JsonElement find = report.GetProperty("lines").GetProperty("find");
        Assert.InRange(find.GetProperty("p50Us").GetDouble(), 0.001, find.GetProperty("maxUs").GetDouble());
    }

    [RequiresBrowserFact]
    public async Task Load_Html_IsAPageWithPlotsThatNeedsNoNetwork()
    {
        using var folder = new TempFolder();
        string path = folder.File("load.html");
        using ServerPair pair = await ServerPair.StartAsync();
        using var load = new ClientProcess(
            "load", "--server", pair.Address.ToString(), "--clients", "6", "--rate", "300", "--seconds", "3", "--warm-up", "0.2", "--mix", "find=8,say=2", "--html", path);
        Assert.Equal(0, await load.EndAsync());
        Assert.Contains("6 players", load.Output, StringComparison.Ordinal);

        await using PageBrowser browser = new();
        await browser.OpenAsync(new Uri(path), 360, 740);
        await browser.HoldsAsync("document.querySelector('pre').textContent.includes('6 players, 300 lines/s')");
        foreach (string plot in (string[])["distribution", "throughput", "latency", "flight"])
        {
            await browser.HoldsAsync($"document.querySelector('#{plot} path').getAttribute('d').includes('L')");
        }

        await browser.HoldsAsync("/find [0-9.]+ (µs|ms|s)\\s+say [0-9.]+ (µs|ms|s)\\s+shown [0-9.]+ (µs|ms|s)/.test(document.querySelector('#distribution').innerText)");
        await browser.HoldsAsync("document.documentElement.scrollWidth <= 360");
        await browser.PressAsync("#latency > svg", "Home");
        await browser.HoldsAsync("/^[0-9.]+ s\\s+in flight [0-9]/.test(document.querySelector('#flight .readout').innerText)");
        Assert.Equal([new Uri(path).ToString()], await browser.SeenAsync("requests"));
        Assert.Empty(await browser.SeenAsync("console"));
        Assert.Empty(await browser.SeenAsync("faults"));
    }

    [Fact]
    public async Task Load_HtmlThatCannotBeWritten_IsToldBeforeTheLoad()
    {
        using var folder = new TempFolder();
        using var load = new ClientProcess("load", "--server", $"unix:{folder.File("nobody")}", "--html", folder.File("nowhere/load.html"));
        Assert.Equal(2, await load.EndAsync());
        Assert.Contains("--html", load.Error, StringComparison.Ordinal);

        using var other = new ClientProcess("load", "--server", $"unix:{folder.File("nobody")}", "--html", folder.Path);
        Assert.Equal(2, await other.EndAsync());
    }

    [Fact]
    public async Task Load_NobodyListens_SaysSoAndEndsWith3()
    {
        using var pair = new ServerPair();
        using var load = new ClientProcess("load", "--server", pair.Address.ToString(), "--clients", "1", "--seconds", "1");
        Assert.Equal(3, await load.EndAsync());
        Assert.Contains("tried for", load.Error, StringComparison.Ordinal);
    }
}
