namespace Faults.Nemesis.Faults;

/// <summary>The daemons' wall clock is set an hour forward, an hour back, and right again.</summary>
internal sealed class ClockJumpFault : IFault
{
    private const long HourSeconds = 3600;

    public int Row => 34;

    public string Name => "clock set forward and back";

    public FaultScope Scope => FaultScope.None;

    public string? FindObstacle(FaultWorld world) => world.Surroundings.Clock is null ? "the daemons have the host's clock" : null;

    public async Task StrikeAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        try
        {
            foreach (long seconds in (long[])[HourSeconds, -HourSeconds])
            {
                world.Surroundings.Clock?.Shift(seconds);
                await Task.Delay(random.Next(200, 1200), cancellationToken);
            }
        }
        finally
        {
            world.Surroundings.Clock?.Shift(0);
        }
    }
}
