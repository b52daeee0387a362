using Shared.Protocol.Interop.Linux;

namespace Faults.Calls;

/// <summary>Queue and semaphore set are removed by somebody, and a call of the repair fails once: the pair agrees on new ones all the same.</summary>
public abstract class RepairTests : RunTests
{
    // A repair makes a handful of each; those that another side made first are not made at all.
    private const int CallsOfARepair = 3;

    private protected Task RepairAsync(CallKind kind, bool removesSet) => JudgeAsync(singleQueue: false, async pair =>
    {
        int fired = 0;
        foreach (FaultyCalls side in SidesOf(pair))
        {
            foreach (Case failure in Case.All(kind, CallsOfARepair))
            {
                side.Arm(failure.Kind, failure.Error, failure.Nth);
                Remove(removesSet);
                await pair.WorksAsync($"the repair with {failure}");
                fired += side.HasFired ? 1 : 0;
                side.Disarm();
            }
        }

        Assert.True(fired > 0, $"No repair makes a call of {kind}.");
    });

    private void Remove(bool removesSet)
    {
        if (removesSet && Keys.SemaphoreSetId is { } set)
        {
            SysSem.Remove(set);
        }

        if (Keys.RequestQueueId is { } queue)
        {
            SysMsg.Remove(queue);
        }
    }
}
