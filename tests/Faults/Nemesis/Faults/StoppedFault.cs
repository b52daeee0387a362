using Faults.Daemons;

namespace Faults.Nemesis.Faults;

/// <summary>SIGTERM under load: the daemon drains and ends with 0, in the time that the contract gives it; the supervisor starts it again.</summary>
internal sealed class StoppedFault(string name, FaultScope scope) : IFault
{
    public int Row => 29;

    public string Name => name;

    public FaultScope Scope => scope;

    public async Task StrikeAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        foreach (SupervisedDaemon daemon in Victims.Of(world, scope))
        {
            DaemonRun run = await daemon.GetRunAsync(cancellationToken);
            int exitCode = await run.StopAsync();
            if (exitCode != 0)
            {
                world.Recorder.Violated($"{daemon.Program} ended with {exitCode} on SIGTERM.\n{run.Process}");
            }
        }
    }
}
