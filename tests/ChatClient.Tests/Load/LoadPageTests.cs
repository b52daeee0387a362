using ChatClient.Connection;
using ChatClient.Load;
using ChatClient.Load.Page;
using Shared.Protocol.Requests;

namespace ChatClient.Tests.Load;

public sealed class LoadPageTests
{
    [Fact]
    public void Render_TextsOfOthers_AreNoPartOfThePage()
    {
        var tally = new LoadTally();
        tally.Count(LoadLineKind.Find, OutcomeKind.Ok, "</pre><script>alert(1)</script>{{data}}", 1000);
        LoadReport report = new(
            new LoadOptions { Servers = [ServerAddress.Default] }, tally, TimeSpan.FromSeconds(1), ["<b>lost</b>"], 0, [new LoadMoment(1, 1, 1, 0, 0, 0, 0, 1, 1, 0)]);

        string page = LoadPage.Render(report, DateTimeOffset.UnixEpoch);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>lost", page, StringComparison.Ordinal);
        Assert.Contains("1970-01-01", page, StringComparison.Ordinal);
        Assert.DoesNotContain("{{style}}", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Distribution_FewMeasurements_TellsNoShareThatTheyCannot()
    {
        LatencyHistogram times = new();
        for (int i = 1; i <= 100; i++)
        {
            times.Add(i * 1000);
        }

        var distribution = LoadDistribution.Of("find", times);
        Assert.Equal(0.99, distribution.Shares[^1]);
        Assert.Equal(50, distribution.QuantilesUs[distribution.Shares.ToList().IndexOf(0.5)], 1.0);
        Assert.Equal(distribution.Shares.Count, distribution.QuantilesUs.Count);
    }
}
