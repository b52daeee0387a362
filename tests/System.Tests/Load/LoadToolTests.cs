using System.Tests.Support;
using System.Text.Json;
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

    [Fact]
    public async Task Load_NobodyListens_SaysSoAndEndsWith3()
    {
        using var pair = new ServerPair();
        using var load = new ClientProcess("load", "--server", pair.Address.ToString(), "--clients", "1", "--seconds", "1");
        Assert.Equal(3, await load.EndAsync());
        Assert.Contains("tried for", load.Error, StringComparison.Ordinal);
    }
}
