using System.Globalization;
using Faults.Checker.History;
using Xunit.Abstractions;

namespace Simulation;

/// <summary>The whole pair on virtual time, under faults drawn from seeds.</summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private static readonly long s_count = Setting("SIM_SEEDS", 10_000);
    private static readonly long s_first = Setting("SIM_FIRST_SEED", 1);

    [Fact]
    public void Run_ManySeeds_KeepsEveryInvariant()
    {
        (IReadOnlyList<ulong> failed, SimCounts counts) = SeedRunner.RunMany((ulong)s_first, s_count);
        output.WriteLine(counts.ToString());
        if (failed.Count > 0)
        {
            Assert.Fail($"{failed.Count} of {s_count} seeds failed: {string.Join(", ", failed.Take(20))}.\n{Describe(failed[0])}");
        }
    }

    [Fact]
    public void Run_SomeSeeds_SeeEverythingThatCanHappen()
    {
        (_, SimCounts counts) = SeedRunner.RunMany(firstSeed: 1_000_000, count: 1000);
        output.WriteLine(counts.ToString());
        Assert.All(Enum.GetValues<EndKind>(), kind => Assert.True(counts[kind] > 100, $"{kind} came {counts[kind]} times."));

        // By far less than what they come to: which seeds meet what follows from every frame, and changes with the product.
        Assert.All(
            [
                (nameof(counts.Full), counts.Full), (nameof(counts.Resets), counts.Resets), (nameof(counts.Kills), counts.Kills), (nameof(counts.Injected), counts.Injected),
                (nameof(counts.Resumed), counts.Resumed), (nameof(counts.SentAgain), counts.SentAgain), (nameof(counts.LostResults), counts.LostResults),
                (nameof(counts.Moved), counts.Moved), (nameof(counts.NotMoved), counts.NotMoved),
            ],
            ((string Name, long Count) seen) => Assert.True(seen.Count > 5, $"{seen.Name} came {seen.Count} times."));
    }

    [Theory]
    [MemberData(nameof(RegressionSeeds))]
    public void Run_SeedThatFailedOnce_KeepsEveryInvariant(ulong seed)
    {
        SimResult result = SeedRunner.Run(seed);
        Assert.True(result.Violations.Count == 0, result.Violations.Count == 0 ? null : Describe(seed));
    }

    public static TheoryData<ulong> RegressionSeeds() =>
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "regression-seeds.txt"))
            .Select(line => line.Split('#')[0].Trim())
            .Where(line => line.Length > 0)
            .Select(line => ulong.Parse(line, CultureInfo.InvariantCulture)),
    ];

    private static string Describe(ulong seed)
    {
        SimResult result = SeedRunner.Run(seed, isTraced: true);
        return $"Seed {seed} (SIM_FIRST_SEED={seed} SIM_SEEDS=1 repeats it):\n{string.Join('\n', result.Violations)}\n{result.Trace}";
    }

    private static long Setting(string name, long otherwise) =>
        long.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out long value)
            ? value
            : otherwise;
}
