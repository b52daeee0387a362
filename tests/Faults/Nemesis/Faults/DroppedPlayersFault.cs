namespace Faults.Nemesis.Faults;

/// <summary>Players lose their connections with requests in flight, and come back at once; others may get their sessions' places.</summary>
internal sealed class DroppedPlayersFault(int row, string name, double part) : IFault
{
    public int Row => row;

    public string Name => name;

    public FaultScope Scope => FaultScope.Players;

    public async Task StrikeAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        foreach (Load.LoadClient client in world.Load.Clients)
        {
            if (random.NextDouble() < part)
            {
                await client.BurstAsync(8);
                client.Drop();
            }
        }
    }
}
