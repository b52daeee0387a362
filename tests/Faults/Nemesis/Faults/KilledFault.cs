using Faults.Daemons;

namespace Faults.Nemesis.Faults;

/// <summary>SIGKILL; the supervisor starts the daemon again.</summary>
internal sealed class KilledFault(int row, string name, FaultScope scope) : IFault
{
    public int Row => row;

    public string Name => name;

    public FaultScope Scope => scope;

    public async Task StrikeAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        List<Task> killing = [];
        foreach (SupervisedDaemon daemon in Victims.Of(world, scope))
        {
            killing.Add((await daemon.GetRunAsync(cancellationToken)).KillAsync());
        }

        await Task.WhenAll(killing);
    }
}
