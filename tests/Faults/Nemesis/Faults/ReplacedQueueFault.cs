using Testing.Support.Ipc;

namespace Faults.Nemesis.Faults;

/// <summary>A queue is removed, and another user makes one on its key before the daemons do. After a while the intruder's is removed.</summary>
internal sealed class ReplacedQueueFault : IFault
{
    private const int MaxAttempts = 200;

    public int Row => 6;

    public string Name => "queue replaced by another user's";

    public FaultScope Scope => FaultScope.Queues;

    public async Task StrikeAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        int key = random.Next(2) == 0 ? world.Keys.RequestKey : world.Keys.ResultKey;
        int? intruder = null;

        // The daemons are quick to make it anew: a race that the intruder wins sooner or later.
        for (int attempt = 0; intruder is null && attempt < MaxAttempts; attempt++)
        {
            int? present = key == world.Keys.RequestKey ? world.Keys.RequestQueueId : world.Keys.ResultQueueId;
            if (present is { } id)
            {
                new RawQueue(id).Remove();
            }

            intruder = Kernel.MakeQueueOfNobody(key);
        }

        if (intruder is not { } made)
        {
            return;
        }

        try
        {
            await Task.Delay(random.Next(200, 2000), cancellationToken);
            if (Kernel.DepthOf(made) is not { Count: 0 })
            {
                world.Recorder.Violated("Somebody put messages into a queue of another user, or removed it.");
            }
        }
        finally
        {
            new RawQueue(made).Remove();
        }
    }
}
