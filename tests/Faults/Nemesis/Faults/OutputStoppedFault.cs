namespace Faults.Nemesis.Faults;

/// <summary>Nobody reads the daemons' standard output for a while, in which there is much to log.</summary>
internal sealed class OutputStoppedFault : IFault
{
    public int Row => 36;

    public string Name => "standard output not read";

    public FaultScope Scope => FaultScope.Players;

    public string? FindObstacle(FaultWorld world) => world.Surroundings.Output is null ? "the runner reads standard output" : null;

    public async Task StrikeAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        try
        {
            world.Surroundings.Output?.Pause();
            await PlayersComeAndGo.RunAsync(world, random.Next(300, 1200), cancellationToken);
        }
        finally
        {
            world.Surroundings.Output?.Resume();
        }
    }
}
