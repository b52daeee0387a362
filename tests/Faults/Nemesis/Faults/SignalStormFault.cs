using Faults.Daemons;

namespace Faults.Nemesis.Faults;

/// <summary>Ten thousand SIGHUP and SIGWINCH at both daemons.</summary>
internal sealed class SignalStormFault : IFault
{
    private const int Signals = 10_000;
    private const int SignalsPerPause = 100;

    public int Row => 16;

    public string Name => "signal storm";

    public FaultScope Scope => FaultScope.None;

    public async Task StrikeAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        DaemonRun[] runs = [await world.Chat.GetRunAsync(cancellationToken), await world.Channel.GetRunAsync(cancellationToken)];
        for (int i = 0; i < Signals; i++)
        {
            DaemonRun run = runs[random.Next(runs.Length)];

            // A daemon that has ended is not signalled: its number may be another's by now.
            _ = run.HasExited || Kernel.Signal(run.ProcessId, random.Next(2) == 0 ? Kernel.SigHup : Kernel.SigWinch);
            if (i % SignalsPerPause == 0)
            {
                await Task.Delay(1, cancellationToken);
            }
        }
    }
}
