using System.Text.Json;
using System.Xml.Linq;
using Bench.Tests.Support;
using IpcBench.Reporting;
using Testing.Support.Browser;
using Testing.Support.Folders;
using Testing.Support.Processes;

namespace Bench.Tests.CommandLine;

public sealed class CommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("--no-such-option")]
    [InlineData("--mechanisms=telepathy")]
    [InlineData("--sizes=64,15")]
    [InlineData("--sizes=much")]
    [InlineData("--in-flight=0")]
    [InlineData("--in-flight=1025")]
    [InlineData("--seconds=0")]
    [InlineData("--runs=0")]
    [InlineData("stray")]
    public async Task Run_WrongUsage_IsTwoAndShowsHow(string argument)
    {
        using ChildProcess bench = BenchProcess.Start(_folder, argument);
        Assert.Equal(2, await bench.ExitAsync());
        Assert.Contains("Usage:", bench.Output, StringComparison.Ordinal);
        Assert.NotEmpty(bench.Error);
    }

    [Fact]
    public async Task Run_Help_NamesEveryOption()
    {
        using ChildProcess bench = BenchProcess.Start(_folder, "--help");
        await AssertEndsWellAsync(bench);
        string[] options = ["--mechanisms", "--sizes", "--in-flight", "--seconds", "--runs", "--json", "--html", "--markdown", "--from", "--quick", "--list"];
        Assert.All(options, option => Assert.Contains(option, bench.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_List_NamesMechanismsAndTheirSides()
    {
        using ChildProcess bench = BenchProcess.Start(_folder, "--list");
        await AssertEndsWellAsync(bench);
        Assert.Contains(bench.Lines, line => line.StartsWith("sysv ", StringComparison.Ordinal) && line.Contains("(C, C#, library)", StringComparison.Ordinal));
        Assert.Contains(bench.Lines, line => line.StartsWith("rabbitmq ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_TwoMechanisms_WritesCompleteReports()
    {
        string document = _folder.File("guide.md");
        await File.WriteAllTextAsync(document, $"# Guide\n{MarkdownSection.Begin}\n{MarkdownSection.End}\n");
        using ChildProcess bench = BenchProcess.Start(
            _folder, "--mechanisms=sysv,in-memory", "--sizes=64,256", "--in-flight=4,1", "--runs=2", "--seconds=0.05", "--quick",
            $"--json={_folder.File("r.json")}", $"--html={_folder.File("r.html")}", $"--markdown={document}");
        await AssertEndsWellAsync(bench);
        Assert.Contains(bench.Lines, line => line.StartsWith("System V queue", StringComparison.Ordinal));

        string json = await File.ReadAllTextAsync(_folder.File("r.json"));
        AssertHasAll(Report.Parse(json));
        AssertHasNoGap(JsonDocument.Parse(json).RootElement);
        XDocument.Parse(await File.ReadAllTextAsync(_folder.File("r.html")));
        Assert.Contains("| System V queue |", await File.ReadAllTextAsync(document), StringComparison.Ordinal);

        // From the file, without measuring, the same comes out.
        using ChildProcess again = BenchProcess.Start(_folder, $"--from={_folder.File("r.json")}", $"--json={_folder.File("again.json")}");
        Assert.Equal(0, await again.ExitAsync());
        Assert.Equal(json, await File.ReadAllTextAsync(_folder.File("again.json")));
    }

    [RequiresBrowserFact]
    public async Task Run_Html_IsAPageWithPlotsThatNeedsNoNetwork()
    {
        string path = _folder.File("page.html");
        using ChildProcess bench = BenchProcess.Start(_folder, "--mechanisms=sysv", "--sizes=64", "--in-flight=1,4", "--runs=1", "--seconds=0.05", "--quick", $"--html={path}");
        await AssertEndsWellAsync(bench);

        await using PageBrowser browser = new();
        await browser.OpenAsync(new Uri(path), 360, 740);
        await browser.HoldsAsync("document.querySelectorAll('#bars rect').length > 0");
        await browser.HoldsAsync("document.querySelector('#distribution path').getAttribute('d').split('L').length > 5");
        await browser.HoldsAsync("document.querySelector('#throughput path').getAttribute('d').split('L').length === 2");
        await browser.PressAsync("#throughput > svg", "Home");
        await browser.HoldsAsync("/^1 in flight\\s/.test(document.querySelector('#throughput .readout').innerText)");
        Assert.Equal([new Uri(path).ToString()], await browser.SeenAsync("requests"));
        Assert.Empty(await browser.SeenAsync("console"));
        Assert.Empty(await browser.SeenAsync("faults"));
    }

    [Theory]
    [InlineData("--markdown=/no/such/file.md")]
    [InlineData("--json=/no/such/folder/r.json")]
    [InlineData("--from=/no/such/file.json")]
    public async Task Run_FileThatCannotBe_IsOneBeforeAnythingIsMeasured(string argument)
    {
        using ChildProcess bench = BenchProcess.Start(_folder, argument);
        Assert.Equal(1, await bench.ExitAsync());
        Assert.Contains("/no/such", bench.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("%", bench.Error, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private static async Task AssertEndsWellAsync(ChildProcess bench)
    {
        int code = await bench.ExitAsync();
        Assert.True(code == 0, $"exit code {code}: {bench.Error}");
    }

    private static void AssertHasAll(Report report)
    {
        Assert.Equal([64, 256], report.SizesBytes);
        Assert.Equal([1, 4], report.InFlight);
        Assert.Empty(report.Skipped);
        int sides = report.HasC ? 5 : 4;
        Assert.Equal(sides * 4, report.Rows.Count);
        Assert.All(report.Rows, row => Assert.Equal(2, row.Runs.Count));
        Assert.All(report.Rows, row => Assert.Equal(report.QuantileShares.Count, row.Median.QuantilesUs.Count));
    }

    private static void AssertHasNoGap(JsonElement report)
    {
        Assert.All(["processor", "cores", "kernel", "runtime", "loadAverage"], name => Assert.NotEqual("", report.GetProperty("machine").GetProperty(name).ToString()));
        string[] figures = ["roundTrips", "perSecond", "p50Us", "p99Us", "p999Us", "cpuUs", "switches", "allocatedBytes", "reached"];
        Assert.All(report.GetProperty("rows").EnumerateArray(), row =>
            Assert.All(figures, figure => Assert.Equal(JsonValueKind.Number, row.GetProperty("median").GetProperty(figure).ValueKind)));
    }
}
