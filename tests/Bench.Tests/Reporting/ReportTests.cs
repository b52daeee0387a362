using System.Xml.Linq;
using IpcBench;
using IpcBench.Exchanging;
using IpcBench.Mechanisms;
using IpcBench.Reporting;
using IpcBench.Running;
using Measuring;

namespace Bench.Tests.Reporting;

public sealed class ReportTests
{
    private const string Hostile = "</script><b>&\"' ]]> | 찾기";

    [Fact]
    public void From_ThreeSides_ComparesEachWithItsOwn()
    {
        Report report = Example();
        Assert.Null(report.Find("sysv", Side.C, 64, 1)!.OverC);
        Assert.Equal(1.5, report.Find("sysv", Side.DotNet, 64, 1)!.OverC!.Time, precision: 10);
        Assert.Equal(3, report.Find("sysv", Side.Library, 64, 1)!.OverC!.Time, precision: 10);
        Assert.Equal(2, report.Find("sysv", Side.Library, 64, 1)!.OverDotNet!.Time, precision: 10);
        Assert.Null(report.Find("http1", Side.DotNet, 64, 1)!.OverC);
    }

    [Fact]
    public void ToJson_ReadAgain_IsTheSame()
    {
        string json = Example().ToJson();
        Assert.Equal(json, Report.Parse(json).ToJson());
    }

    [Fact]
    public void Render_Page_IsWellFormedAndNeedsNoNetwork()
    {
        Report report = Example();
        XDocument page = XDocument.Parse(HtmlPage.Render(report));
        Assert.DoesNotContain(page.Descendants(), element => element.Attribute("src") is not null || element.Name.LocalName is "link" or "img" or "iframe");
        Assert.DoesNotContain("{{", page.ToString(), StringComparison.Ordinal);
        string data = page.Descendants().Single(element => element.Attribute("id")?.Value == "data").Value;
        Assert.Equal(report.ToJson(), Report.Parse(data).ToJson());
        Assert.Equal(report.SizesBytes.Count, page.Descendants().Count(element => element.Name.LocalName == "table"));
        Assert.Contains(page.Descendants(), element => element.Name.LocalName == "p" && element.Value.Contains(Hostile, StringComparison.Ordinal));
    }

    [Fact]
    public void Render_Text_HasARowForEachSideOfEachSize()
    {
        string[] lines = TextReport.Render(Example()).Split('\n');
        Assert.Equal(2, lines.Count(line => line.StartsWith("System V queue", StringComparison.Ordinal) && line.Contains("library", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.StartsWith("skipped: RabbitMQ", StringComparison.Ordinal));

        // One in flight was reached where 16 were wanted.
        Assert.Contains(lines, line => line.Contains("(1)", StringComparison.Ordinal));
    }

    [Fact]
    public void Rewrite_Document_ChangesOnlyWhatIsBetweenTheMarks()
    {
        string document = $"before\n{MarkdownSection.Begin}\nold\n{MarkdownSection.End}\nafter\n";
        string once = MarkdownSection.Rewrite(document, Example());
        Assert.StartsWith($"before\n{MarkdownSection.Begin}\n", once, StringComparison.Ordinal);
        Assert.EndsWith($"{MarkdownSection.End}\nafter\n", once, StringComparison.Ordinal);
        Assert.DoesNotContain("old", once, StringComparison.Ordinal);
        Assert.Contains("| System V queue | library |", once, StringComparison.Ordinal);
        Assert.Equal(once, MarkdownSection.Rewrite(once, Example()));
    }

    [Fact]
    public void Rewrite_DocumentWithoutMarks_IsRefused() =>
        Assert.Throws<InvalidDataException>(() => MarkdownSection.Rewrite("nothing here", Example()));

    private static Report Example()
    {
        var options = new IpcBenchOptions(["sysv", "http1"], [64, 1024], [1, 16], Seconds: 0.5, Runs: 2, WarmUpSeconds: 0);
        List<SubjectRow> rows = [];
        foreach (Load load in options.Loads)
        {
            rows.Add(Row("sysv", "System V queue", Side.C, load, 10));
            rows.Add(Row("sysv", "System V queue", Side.DotNet, load, 15));
            rows.Add(Row("sysv", "System V queue", Side.Library, load, 30));
            rows.Add(Row("http1", "HTTP/1.1 <&>", Side.DotNet, load, 90));
        }

        var machine = new Machine("A <processor>", 2, "Linux", ".NET", "0.1");
        return Report.From(options, hasC: true, DateTimeOffset.UnixEpoch, machine, rows, [new Skipped("rabbitmq", "RabbitMQ", Side.DotNet, Hostile, IsFailure: false)]);
    }

    private static SubjectRow Row(string id, string title, Side side, Load load, double us) => new(
        id, title, side, load.SizeBytes, load.InFlight, [Run(us), Run(us)]);

    private static Sample Run(double us) => new(1000, 1e6 / us, us, us, us, us, 2, 0, 1, [.. Quantiles.Shares.Select(share => us * (1 + share))]);
}
