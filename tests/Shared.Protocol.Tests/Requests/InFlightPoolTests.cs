using System.Collections.Concurrent;
using Shared.Protocol.Requests;
using Testing.Support.Waiting;

namespace Shared.Protocol.Tests.Requests;

public sealed class InFlightPoolTests
{
    [Fact]
    public void TryTake_AfterReturns_GivesTheLastOneFirst()
    {
        var entries = new Entry[10];
        for (int i = 0; i < entries.Length; i++)
        {
            InFlightPool<Entry>.Return(entries[i] = new Entry());
        }

        for (int i = entries.Length - 1; i >= 0; i--)
        {
            Assert.Same(entries[i], InFlightPool<Entry>.TryTake());
        }
    }

    [Fact]
    public async Task TryTake_OfWhatOtherThreadsReturn_NeverGivesOneToTwo()
    {
        const int Rounds = 20_000;
        const int AtOnce = 100;
        using var handedOn = new BlockingCollection<Shared[]>(boundedCapacity: 16);
        long made = 0;
        Task[] takers = [.. Enumerable.Range(0, 2).Select(_ => RunAsync(Take))];
        Task[] returners = [.. Enumerable.Range(0, 2).Select(_ => RunAsync(Return))];
        await Task.WhenAll(takers).WaitAsync(Eventually.DefaultDeadline);
        handedOn.CompleteAdding();
        await Task.WhenAll(returners).WaitAsync(Eventually.DefaultDeadline);

        // Without the pool each would have been made anew.
        Assert.InRange(made, 1, Rounds);

        void Take()
        {
            for (int i = 0; i < Rounds / AtOnce; i++)
            {
                var taken = new Shared[AtOnce];
                for (int j = 0; j < AtOnce; j++)
                {
                    if (InFlightPool<Shared>.TryTake() is not { } entry)
                    {
                        entry = new Shared();
                        _ = Interlocked.Increment(ref made);
                    }

                    Assert.Equal(0, Interlocked.Exchange(ref entry.InUse, 1));
                    taken[j] = entry;
                }

                handedOn.Add(taken);
            }
        }

        void Return()
        {
            foreach (Shared[] taken in handedOn.GetConsumingEnumerable())
            {
                foreach (Shared entry in taken)
                {
                    Assert.Equal(1, Interlocked.Exchange(ref entry.InUse, 0));
                    InFlightPool<Shared>.Return(entry);
                }
            }
        }
    }

    // A thread of its own: what a thread has at hand stays with it.
    private static Task RunAsync(Action action) => Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private sealed class Entry;

    private sealed class Shared
    {
        public int InUse;
    }
}
