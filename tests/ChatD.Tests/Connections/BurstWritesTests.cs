using System.Buffers;
using System.IO.Pipelines;
using ChatD.Connections;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;

namespace ChatD.Tests.Connections;

/// <summary>What a burst leaves to be written, by a thread of the pool.</summary>
public sealed class BurstWritesTests
{
    private const int Players = 20;
    private const int RoundsPerThread = 2000;

    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task OnBurstEnd_OfManyPlayersOnSeveralThreads_WritesAllThatWasAdded(int seed)
    {
        Pipe[] pipes = [.. Enumerable.Range(0, Players).Select(static _ => new Pipe(new PipeOptions(pauseWriterThreshold: 0)))];
        var writes = new BurstWrites();
        OutgoingFrames[] players =
        [
            .. pipes.Select(pipe => new OutgoingFrames(pipe.Writer, 1 << 24, new MonotonicClock(TimeProvider.System), writes, static () => throw new InvalidOperationException("It overflowed."))),
        ];
        await Task.WhenAll(Enumerable.Range(0, 3).Select(thread => Task.Run(() =>
        {
            var random = new Random((seed * 100) + thread);
            for (int round = 0; round < RoundsPerThread; round++)
            {
                OutgoingFrames player = players[random.Next(Players)];
                player.Add(new ServerPing());
                player.OnBurstEnd();
            }
        }))).WaitAsync(s_deadline);

        // Nobody flushes any more: what was added was asked to be written.
        int frames = 0;
        using var deadline = new CancellationTokenSource(s_deadline);
        while (frames < 3 * RoundsPerThread)
        {
            foreach (Pipe pipe in pipes)
            {
                while (pipe.Reader.TryRead(out ReadResult read))
                {
                    ReadOnlySequence<byte> received = read.Buffer;
                    while (PlayerFraming.TryReadFrame(ref received, 1024, out _, out _))
                    {
                        frames++;
                    }

                    pipe.Reader.AdvanceTo(received.Start, received.End);
                }
            }

            await Task.Delay(1, deadline.Token);
        }

        Assert.Equal(3 * RoundsPerThread, frames);
    }
}
