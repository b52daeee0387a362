using Testing.Support.Ipc;

namespace Faults.Nemesis.Faults;

/// <summary>Somebody takes all rights from a queue, and gives them back after a while.</summary>
internal sealed class ModeChangedFault : IFault
{
    public int Row => 15;

    public string Name => "mode set to 0000";

    public FaultScope Scope => FaultScope.Queues;

    public string? FindObstacle(FaultWorld world) =>
        Machine.Rights.OverridesModes && !world.Settings.ObeysModes ? "modes do not count for root" : null;

    public async Task StrikeAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        RawQueue[] queues = [.. world.Queues];
        if (queues.Length == 0)
        {
            return;
        }

        int id = queues[random.Next(queues.Length)].Id;
        if (!Kernel.TrySetMode(id, 0, out uint mode))
        {
            return;
        }

        try
        {
            await Task.Delay(random.Next(200, 1500), cancellationToken);
        }
        finally
        {
            _ = Kernel.TrySetMode(id, mode, out _);
        }
    }
}
