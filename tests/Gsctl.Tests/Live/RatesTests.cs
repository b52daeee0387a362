using Gsctl.Discovery;
using Gsctl.Live;
using Gsctl.Output;
using Gsctl.Reports;
using Shared.Protocol.Administration;
using Shared.Protocol.Transport;
using Shared.Terminal;

namespace Gsctl.Tests.Live;

public sealed class RatesTests
{
    private static readonly DaemonAddress s_chat = new(new DaemonClaim(DaemonRole.ChatD, 0), "/chat");
    private static readonly DaemonAddress s_channel = new(new DaemonClaim(DaemonRole.ChannelD, 0), "/channel");

    [Fact]
    public void Between_TwoSamples_IsTheDifferenceByTheDaemonsClock()
    {
        TopReport report = Rates.Between(
            SampleOf(s_chat, "a", 1000, Requests("ok", 10, 0)),
            SampleOf(s_chat, "a", 3000, Requests("ok", 30, 0), Requests("unknown", 4, 0)));

        TopRate rate = Assert.Single(report.Requests);
        Assert.Equal("command", rate.Name);
        Assert.Equal(12, rate.PerSecond);
        Assert.Equal(2, rate.FailuresPerSecond);
        Assert.NotNull(rate.P99Seconds);
    }

    [Fact]
    public void Between_DaemonRestartedMeanwhile_CountsFromItsStart()
    {
        TopReport report = Rates.Between(
            SampleOf(s_chat, "a", 900_000, Requests("ok", 5000, 0)), SampleOf(s_chat, "b", 1000, Requests("ok", 10, 0)));

        // Up for 2 s, by its status.
        Assert.Equal(5, Assert.Single(report.Requests).PerSecond);
    }

    [Fact]
    public void Between_CommandsWithoutDurations_HaveRatesAlone()
    {
        SeriesStatus Find(string code, double value) => new(new Dictionary<string, string> { ["command"] = "find", ["code"] = code }, value);
        Sample Of(long at, params SeriesStatus[] series) => SampleOf(s_channel, "a", at, new MetricStatus("channeld_commands_total", "counter", series));

        TopRate rate = Assert.Single(Rates.Between(Of(0, Find("same_map", 1)), Of(1000, Find("same_map", 3), Find("internal", 1))).Commands);
        Assert.Equal(("find", 3.0, 1.0), (rate.Name, rate.PerSecond, rate.FailuresPerSecond));
        Assert.Null(rate.P50Seconds);
    }

    [Fact]
    public void View_AtEightyColumns_FitsThem()
    {
        TopReport report = Rates.Between(SampleOf(s_chat, "a", 0), SampleOf(s_chat, "a", 1000, Requests("ok", 1_234_567, 1))) with
        {
            Unreached = [new Unreached("channelD 1", "/x", new string('가', 100))],
        };

        Assert.All(TopView.Write(report, int.MaxValue, Style.Plain, 80), line => Assert.True(DisplayWidth.Of(line) <= 80, line));
    }

    private static MetricStatus Requests(string outcome, long fast, long slow) => new(
        "ipc_request_duration_seconds",
        "histogram",
        [new SeriesStatus(new Dictionary<string, string> { ["request"] = "command", ["outcome"] = outcome }, 0.1, [0.001, 0.01], [fast, slow, 0])]);

    private static Sample SampleOf(DaemonAddress address, string generation, long takenAtMs, params MetricStatus[] metrics)
    {
        DaemonStatus status = new()
        {
            Daemon = address.Claim!.Value.Role == DaemonRole.ChatD ? "chatD" : "channelD",
            Instance = 0,
            Version = "1",
            ProcessId = 1,
            Host = "h",
            StartedAt = DateTimeOffset.UnixEpoch,
            UptimeMs = 2000,
            State = DaemonStates.Running,
            Ready = true,
            NotReady = [],
            Generation = generation,
        };
        Dictionary<DaemonAddress, (DaemonStatus, MetricsAnswer)> daemons = new()
        {
            [address] = (status, new MetricsAnswer(takenAtMs, [.. metrics.GroupBy(metric => metric.Name).Select(same => same.First() with { Series = [.. same.SelectMany(metric => metric.Series)] })])),
        };
        return new Sample(DateTimeOffset.UnixEpoch.AddMilliseconds(takenAtMs), daemons, []);
    }
}
