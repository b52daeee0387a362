using Faults.Daemons;

namespace Faults.Nemesis.Faults;

/// <summary>SIGSTOP, and SIGCONT after a while.</summary>
internal sealed class PausedFault(int row, string name, FaultScope scope, int minMs, int maxMs) : IFault
{
    public int Row => row;

    public string Name => name;

    public FaultScope Scope => scope;

    public async Task StrikeAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        DaemonRun run = await Victims.Of(world, scope).Single().GetRunAsync(cancellationToken);
        run.Pause();
        try
        {
            await Task.Delay(random.Next(minMs, maxMs), cancellationToken);
        }
        finally
        {
            run.Resume();
        }
    }
}
