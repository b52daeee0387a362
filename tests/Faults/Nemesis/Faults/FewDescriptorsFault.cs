using Faults.Daemons;

namespace Faults.Nemesis.Faults;

/// <summary>chatD may open nothing more while players come back; then it may again.</summary>
internal sealed class FewDescriptorsFault : IFault
{
    public int Row => 35;

    public string Name => "descriptors used up";

    public FaultScope Scope => FaultScope.Players;

    public async Task StrikeAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        DaemonRun run = await world.Chat.GetRunAsync(cancellationToken);
        ulong inUse = (ulong)Directory.EnumerateFiles($"/proc/{run.ProcessId}/fd").Count();
        if (Kernel.LimitOpenFiles(run.ProcessId, inUse / 2) is not { } before)
        {
            return;
        }

        try
        {
            for (int i = 0; i < world.Load.Clients.Count; i += 2)
            {
                world.Load.Clients[i].Drop();
            }

            await Task.Delay(random.Next(500, 1500), cancellationToken);
        }
        finally
        {
            if (!run.HasExited)
            {
                _ = Kernel.LimitOpenFiles(run.ProcessId, before);
            }
        }
    }
}
