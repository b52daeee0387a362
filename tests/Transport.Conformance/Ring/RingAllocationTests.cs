using Shared.Protocol.Transport;
using Shared.Protocol.Transport.Ring;
using Testing.Support.Waiting;

namespace Transport.Conformance.Ring;

/// <summary>A frame costs no memory: neither where it is sent nor where it is read, nor where it is refused.</summary>
public sealed class RingAllocationTests : RingTestBase
{
    private const int WarmUp = 200;
    private const int Measured = 2000;

    [Fact]
    public async Task TrySendAndOnFrame_AfterWarmUp_AllocateNothing()
    {
        await using RingTransport chat = Open(ChatD);
        await using RingTransport channel = Open(ChannelD);
        var echo = new Echo(channel, Results);
        var asker = new Echo(chat, Requests);
        channel.StartReading(Requests, echo);
        chat.StartReading(Results, asker);

        Assert.Equal(SendStatus.Sent, chat.TrySend(Requests, new byte[200]));
        await Eventually.TrueAsync(() => asker.IsDone && echo.IsDone, "all frames went to and fro");

        Assert.Equal(0, asker.AllocatedBytes);
        Assert.Equal(0, echo.AllocatedBytes);
    }

    [Fact]
    public async Task TrySend_FullRing_AllocatesNothing()
    {
        await using RingTransport chat = Open(ChatD);
        int full = 0;
        while (chat.TrySend(Requests, [1, 2, 3, 4, 5, 6, 7, 8]) == SendStatus.Sent)
        {
        }

        Assert.Equal(0, AllocatedWhileFull(chat, ref full));
        Assert.Equal(Measured, full);
    }

    private static long AllocatedWhileFull(RingTransport chat, ref int full)
    {
        ReadOnlySpan<byte> frame = stackalloc byte[8];
        for (int number = 0; number < WarmUp; number++)
        {
            chat.TrySend(Requests, frame);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int number = 0; number < Measured; number++)
        {
            full += chat.TrySend(Requests, frame) == SendStatus.Full ? 1 : 0;
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Sends back what it gets, and compares what its reading thread has allocated after the warm-up and at the end.</summary>
    private sealed class Echo(RingTransport transport, Mailbox to) : IFrameReceiver
    {
        private int _count;
        private long _before;

        internal bool IsDone => Volatile.Read(ref _count) >= WarmUp + Measured;

        internal long AllocatedBytes { get; private set; } = -1;

        public void OnFrame(ReadOnlySpan<byte> frame)
        {
            transport.TrySend(to, frame);
            if (_count + 1 == WarmUp)
            {
                _before = GC.GetAllocatedBytesForCurrentThread();
            }

            if (_count + 1 == WarmUp + Measured)
            {
                AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - _before;
            }

            Volatile.Write(ref _count, _count + 1);
        }

        public void OnReset()
        {
        }
    }
}
