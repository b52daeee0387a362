using Faults.Nemesis;
using Faults.Running;

namespace Faults.Tests;

/// <summary>The runs of the gate: a minute in all, in which every kind of fault may come, in the order of a seed.</summary>
public sealed class FaultRunTests
{
    [Theory]
    [InlineData(20261121, "socket")]
    [InlineData(20261122, "queue")]
    public async Task Run_HalfAMinuteOfASeedOfTheGate_KeepsEveryPromise(int seed, string resultPath)
    {
        RunReport report = await RunAsync(new RunOptions { Seed = seed, Duration = TimeSpan.FromSeconds(30), RequestsPerSecond = 1500, ResultPath = resultPath });
        Assert.True(report.Strikes.Values.Sum() >= 3, report.ToString());
    }

    [Theory]
    [MemberData(nameof(FailedSeeds.All), MemberType = typeof(FailedSeeds))]
    public Task Run_ASeedThatOnceFailed_KeepsEveryPromise(string arguments) => RunAsync(RunOptions.Parse(arguments.Split(' ')));

    private static async Task<RunReport> RunAsync(RunOptions options)
    {
        List<string> told = [];
        RunReport report = await FaultRun.RunAsync(options with { Checker = WorldSettings.Patient }, told.Add, CancellationToken.None);
        Assert.True(report.ViolationCount == 0, $"{string.Join('\n', told)}\n{report}");
        return report;
    }
}
