using Simulation.Chaos;

namespace Simulation;

/// <summary>Runs many worlds, on as many threads as there are cores; each world by itself on one.</summary>
internal static class SeedRunner
{
    /// <summary>Runs one world, on a thread of its own: one with a synchronization context, such as xunit's, would run its tasks elsewhere.</summary>
    public static SimResult Run(ulong seed, bool isTraced = false, Mutation? mutation = null)
    {
        SimResult? result = null;
        var thread = new Thread(() => result = RunHere(seed, isTraced, mutation));
        thread.Start();
        thread.Join();
        return result!;
    }

    /// <summary>Runs the seeds from one on; all, or until some have failed.</summary>
    /// <returns>The seeds that broke a rule, the lowest first, and what all of them saw.</returns>
    public static (IReadOnlyList<ulong> Failed, SimCounts Counts) RunMany(ulong firstSeed, long count, bool untilFailure = false)
    {
        var failed = new List<ulong>();
        var counts = new SimCounts();
        var gate = new Lock();
        long next = -1;
        Thread[] threads = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(Work))];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        return ([.. failed.Order()], counts);

        void Work()
        {
            var own = new SimCounts();
            for (long index = Interlocked.Increment(ref next); index < count && !(untilFailure && HasFailed()); index = Interlocked.Increment(ref next))
            {
                ulong seed = firstSeed + (ulong)index;
                SimResult result = RunHere(seed, isTraced: false, mutation: null);
                own.Add(result.Counts);
                if (result.Violations.Count > 0)
                {
                    lock (gate)
                    {
                        failed.Add(seed);
                    }
                }
            }

            lock (gate)
            {
                counts.Add(own);
            }
        }

        bool HasFailed()
        {
            lock (gate)
            {
                return failed.Count > 0;
            }
        }
    }

    private static SimResult RunHere(ulong seed, bool isTraced, Mutation? mutation)
    {
        var world = new SimWorld(seed, isTraced, mutation);
        try
        {
            return world.Run();
        }
#pragma warning disable CA1031 // Whatever a world throws is a failed seed; the others go on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new SimResult([exception.ToString()], world.Trace.Hash, world.Counts, world.Trace.ToString());
        }
    }
}
