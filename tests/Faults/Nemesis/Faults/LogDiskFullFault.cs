namespace Faults.Nemesis.Faults;

/// <summary>The disk of the logs is full for a while, in which there is much to log.</summary>
internal sealed class LogDiskFullFault : IFault
{
    public int Row => 36;

    public string Name => "log disk full";

    public FaultScope Scope => FaultScope.Players;

    public string? FindObstacle(FaultWorld world) => world.Surroundings.LogDisk is null ? "the logs have no disk of their own" : null;

    public async Task StrikeAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        try
        {
            world.Surroundings.LogDisk?.Fill();
            await PlayersComeAndGo.RunAsync(world, random.Next(300, 1200), cancellationToken);
        }
        finally
        {
            world.Surroundings.LogDisk?.Clear();
        }
    }
}
