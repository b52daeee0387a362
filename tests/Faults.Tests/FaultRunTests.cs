using Faults.Running;

namespace Faults.Tests;

/// <summary>The run of the gate: every kind of fault may come, in the order of one seed.</summary>
public sealed class FaultRunTests
{
    private const int SeedOfTheGate = 20261121;

    [Fact]
    public async Task Run_AMinuteOfTheSeedOfTheGate_KeepsEveryPromise()
    {
        List<string> told = [];
        RunReport report = await FaultRun.RunAsync(
            new RunOptions { Seed = SeedOfTheGate, RequestsPerSecond = 1500 }, told.Add, CancellationToken.None);
        Assert.True(report.ViolationCount == 0, $"{string.Join('\n', told)}\n{report}");
        Assert.True(report.Strikes.Values.Sum() >= 5, report.ToString());
    }
}
