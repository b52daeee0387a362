using Shared.Protocol.Transport.Ring;
using Testing.Support.Waiting;
using SharedRing = Shared.Protocol.Transport.Ring.Ring;

namespace Transport.Conformance.Ring;

/// <summary>No wake-up is lost: two threads that sleep for ever but for the other's frame pass one to and fro.</summary>
public sealed class RingWakeTests : RingTestBase
{
    private const int Rounds = 50_000;

    // Far above the deadline of the test: one wake-up that is lost fails it.
    private static readonly TimeSpan s_forEver = TimeSpan.FromHours(1);

    [Fact]
    public async Task Sleep_FrameAtAnyInstant_Wakes()
    {
        var files = new RingFiles(Harness.OptionsOf(ChatD));
        using SharedRing there = files.OpenOrMake(Requests).Ring!;
        using SharedRing back = files.OpenOrMake(Results).Ring!;
        Assert.True(there.TryEnter() && back.TryEnter());
        try
        {
            Task answering = Task.Factory.StartNew(() => Pass(there, back), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            Task asking = Task.Factory.StartNew(
                () =>
                {
                    Assert.Equal(Shared.Protocol.Transport.SendStatus.Sent, there.TrySend([1]));
                    Pass(back, there);
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
            await Task.WhenAll(asking, answering).WaitAsync(2 * Eventually.DefaultDeadline);
        }
        finally
        {
            there.Leave();
            back.Leave();
        }
    }

    private static void Pass(SharedRing from, SharedRing to)
    {
        byte[] buffer = new byte[from.MaxFrameBytes];
        for (int round = 0; round < Rounds;)
        {
            RingTake taken = from.TryTake(buffer, out int length);
            if (taken == RingTake.Frame)
            {
                Assert.Equal(1, length);
                Assert.Equal(Shared.Protocol.Transport.SendStatus.Sent, to.TrySend(buffer.AsSpan(0, length)));
                round++;

                // At a different instant each time: into the sleep, before it, after it.
                Thread.SpinWait(round % 500);
            }
            else
            {
                from.Sleep(s_forEver, static () => false);
            }
        }
    }
}
