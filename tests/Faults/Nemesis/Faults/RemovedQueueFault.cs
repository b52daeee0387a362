using Testing.Support.Ipc;

namespace Faults.Nemesis.Faults;

/// <summary><c>ipcrm -q</c> under load, of either queue or of both.</summary>
internal sealed class RemovedQueueFault : IFault
{
    public int Row => 5;

    public string Name => "queue removed";

    public FaultScope Scope => FaultScope.Queues;

    public Task StrikeAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        RawQueue[] queues = [.. world.Queues];
        int chosen = random.Next(queues.Length + 1);
        for (int i = 0; i < queues.Length; i++)
        {
            if (i == chosen || chosen == queues.Length)
            {
                queues[i].Remove();
            }
        }

        return Task.CompletedTask;
    }
}
