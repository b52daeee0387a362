using System.Diagnostics;

namespace IpcBench.Exchanging;

/// <summary>
/// Asks over a channel of messages, in one thread: sends as long as there is room and the number in flight allows, then waits for a result. The C program
/// does the same. Nothing can lock up: where there is no room, an answer is on its way.
/// </summary>
internal sealed class ChannelAsker(IFrameChannel channel) : IAsker
{
    private readonly long[] _sentAt = new long[Load.MaxInFlight];

    /// <inheritdoc/>
    public Task RunAsync(Load load, Tally tally) => Task.Factory.StartNew(
        () => Run(load, tally), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        channel.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Run(Load load, Tally tally)
    {
        byte[] request = Message.Make(load.SizeBytes);
        long sent = 0;
        long answered = 0;
        long now = Stopwatch.GetTimestamp();
        while (true)
        {
            while (sent - answered < load.InFlight && !tally.IsEnded)
            {
                Message.SetNumber(request, sent);
                if (!channel.TrySend(request))
                {
                    if (sent > answered)
                    {
                        break;
                    }

                    // Nothing holds the room but what is being sent, and no answer would say when that is over: a stream of .NET learns it later than the other side.
                    channel.Send(request);
                }

                // One reading of the clock a round trip, as in the C program.
                _sentAt[sent % Load.MaxInFlight] = now;
                sent++;
            }

            tally.Reach((int)(sent - answered));
            if (sent == answered)
            {
                return;
            }

            Message.Check(channel.Receive(), request, answered, wholly: load.Count > 0);
            now = Stopwatch.GetTimestamp();
            tally.Add(now - _sentAt[answered % Load.MaxInFlight]);
            answered++;
        }
    }
}
