using Testing.Support.Ipc;

namespace Faults.Nemesis.Faults;

/// <summary>Somebody sets the capacity of a queue to nothing, and back after a while.</summary>
internal sealed class ZeroCapacityFault : IFault
{
    public int Row => 15;

    public string Name => "capacity set to 0";

    public FaultScope Scope => FaultScope.Queues;

    public async Task StrikeAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        RawQueue[] queues = [.. world.Queues];
        if (queues.Length == 0)
        {
            return;
        }

        int id = queues[random.Next(queues.Length)].Id;
        if (!Kernel.TrySetCapacity(id, 0, out ulong capacityBytes))
        {
            return;
        }

        try
        {
            await Task.Delay(random.Next(200, 1500), cancellationToken);
        }
        finally
        {
            _ = Kernel.TrySetCapacity(id, capacityBytes, out _);
        }
    }
}
