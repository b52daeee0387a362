namespace Faults.Nemesis.Faults;

/// <summary>Some players stop reading for a while: the others must not notice.</summary>
internal sealed class SilentReadersFault : IFault
{
    public int Row => 40;

    public string Name => "players who do not read";

    public FaultScope Scope => FaultScope.Players;

    public async Task StrikeAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        Load.LoadClient[] silent = [.. world.Load.Clients.Where(_ => random.Next(4) == 0)];
        try
        {
            Array.ForEach(silent, client => client.HoldReading(true));
            await Task.Delay(random.Next(200, 800), cancellationToken);
        }
        finally
        {
            Array.ForEach(silent, client => client.HoldReading(false));
        }
    }
}
