using Faults.Nemesis;
using Faults.Running;

namespace Faults.Tests.Support;

/// <summary>What the tests of rows have in common: a world, a fault that strikes it, and a judgement that must be clean.</summary>
internal static class FaultTest
{
    private const int Seed = 1;

    /// <summary>Has a fault strike under load, several times, and asserts that every promise was kept.</summary>
    public static async Task<RunReport> StrikeAsync(IFault fault, int times = 2, WorldSettings? settings = null)
    {
        await using FaultWorld world = await FaultWorld.StartAsync(settings ?? new WorldSettings());
        var random = new Random(Seed);
        for (int i = 0; i < times; i++)
        {
            _ = await world.StrikeAsync(random, CancellationToken.None, fault);
        }

        return await FinishAsync(world);
    }

    /// <summary>Ends a world and asserts that every promise was kept in it.</summary>
    public static async Task<RunReport> FinishAsync(FaultWorld world)
    {
        RunReport report = await world.FinishAsync();
        Assert.True(report.ViolationCount == 0, report.ToString());
        return report;
    }
}
