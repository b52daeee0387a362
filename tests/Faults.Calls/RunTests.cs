using Testing.Support.Ipc;
using Testing.Support.Waiting;

namespace Faults.Calls;

/// <summary>A call of the pair under load fails once, with each errno, on each side: nothing is lost silently, and the pair goes on.</summary>
public abstract class RunTests : IDisposable
{
    private const int Players = 20;

    private readonly UniqueIpcKeys _keys = new();

    private protected UniqueIpcKeys Keys => _keys;

    public void Dispose()
    {
        _keys.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs a pair under load, lets <paramref name="faults"/> happen to it, and judges the history.</summary>
    private protected async Task JudgeAsync(bool singleQueue, Func<Pair, Task> faults)
    {
        await using (var pair = new Pair(_keys, singleQueue))
        {
            using var stop = new CancellationTokenSource();
            Task[] players = [.. Enumerable.Range(0, Players).Select(_ => Task.Run(() => pair.PlayAsync(stop.Token)))];
            try
            {
                await pair.WorksAsync("the start");
                await faults(pair);
            }
            finally
            {
                await stop.CancelAsync();
            }

            await Task.WhenAll(players).WaitAsync(Eventually.DefaultDeadline);
            await pair.RestAsync();
            pair.AssertHistory();
        }

        Assert.True(_keys.AreUnused);
    }

    /// <summary>Lets each of the first calls of a kind fail with each errno, on each side, one after the other.</summary>
    private protected static async Task FailEachAsync(Pair pair, CallKind kind, int calls)
    {
        foreach (FaultyCalls side in SidesOf(pair))
        {
            foreach (Case failure in Case.All(kind, calls))
            {
                side.Arm(failure.Kind, failure.Error, failure.Nth);
                await Eventually.TrueAsync(() => side.HasFired, $"{failure} happened");
                await pair.WorksAsync(failure.ToString());
                side.Disarm();
            }
        }
    }

    private protected static FaultyCalls[] SidesOf(Pair pair) => [pair.ChatCalls, pair.ChannelCalls];
}
