using Faults.Daemons;

namespace Faults.Nemesis.Faults;

/// <summary>All threads of a daemon's pool are taken, and more are asked for than it makes meanwhile.</summary>
internal sealed class StarvedPoolFault(string name, FaultScope scope, int minMs, int maxMs) : IFault
{
    public int Row => 32;

    public string Name => name;

    public FaultScope Scope => scope;

    public async Task StrikeAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        DaemonRun run = await Victims.Of(world, scope).Single().GetRunAsync(cancellationToken);
        await run.StarvePoolAsync(random.Next(minMs, maxMs), cancellationToken);
    }
}
