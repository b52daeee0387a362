using System.Diagnostics;

namespace IpcBench.Exchanging;

/// <summary>Asks through something that matches results to requests itself: as many loops as are to be in flight, each with one request at a time.</summary>
internal abstract class TaskAsker : IAsker
{
    /// <inheritdoc/>
    public async Task RunAsync(Load load, Tally tally)
    {
        Prepare(load);
        tally.Reach(load.InFlight);
        await Task.WhenAll(Enumerable.Range(0, load.InFlight).Select(slot => AskAsync(load, slot, tally)));
    }

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>Called before the loops of a load start.</summary>
    protected virtual void Prepare(Load load)
    {
    }

    /// <summary>Asks once, and looks at the answer.</summary>
    /// <param name="load">What is being done.</param>
    /// <param name="slot">Which loop asks, from 0.</param>
    /// <param name="request">The loop's own message; it has its number already.</param>
    /// <param name="number">That number.</param>
    protected abstract ValueTask AskAsync(Load load, int slot, byte[] request, long number);

    private async Task AskAsync(Load load, int slot, Tally tally)
    {
        byte[] request = Message.Make(load.SizeBytes);
        long sentAt = Stopwatch.GetTimestamp();
        for (long number = slot; !tally.IsEnded; number += load.InFlight)
        {
            Message.SetNumber(request, number);
            await AskAsync(load, slot, request, number);
            long answeredAt = Stopwatch.GetTimestamp();
            tally.AddShared(answeredAt - sentAt);
            sentAt = answeredAt;
        }
    }
}
