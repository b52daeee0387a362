using Shared.Protocol.Transport;
using Testing.Support.Waiting;

namespace Transport.Conformance.Contract;

/// <summary>A frame costs no memory: neither where it is sent nor where it is read, nor where it is refused.</summary>
/// <param name="harness">Where the transports of the test live.</param>
public abstract class AllocationContractTests(TransportHarness harness) : IDisposable
{
    private const int WarmUp = 200;
    private const int Measured = 2000;

    private static readonly DaemonClaim s_chatD = new(DaemonRole.ChatD, 0);
    private static readonly DaemonClaim s_channelD = new(DaemonRole.ChannelD, 0);
    private static readonly Mailbox s_requests = new(MailboxKind.Request, 0);
    private static readonly Mailbox s_results = new(MailboxKind.Result, 0);

    public void Dispose()
    {
        harness.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task TrySendAndOnFrame_AfterWarmUp_AllocateNothing()
    {
        await using ITransport chat = harness.Open(s_chatD);
        await using ITransport channel = harness.Open(s_channelD);
        var echo = new Echo(channel, s_results, WarmUp + Measured);
        var asker = new Echo(chat, s_requests, WarmUp + Measured);
        channel.StartReading(s_requests, echo);
        chat.StartReading(s_results, asker);

        Assert.Equal(SendStatus.Sent, chat.TrySend(s_requests, new byte[200]));
        await Eventually.TrueAsync(() => asker.IsDone && echo.IsDone, "all frames went to and fro");

        Assert.Equal(0, asker.AllocatedBytes);
        Assert.Equal(0, echo.AllocatedBytes);
    }

    [Fact]
    public async Task TrySend_FullMailbox_AllocatesNothing()
    {
        await using ITransport chat = harness.Open(s_chatD);
        while (chat.TrySend(s_requests, [1, 2, 3, 4, 5, 6, 7, 8]) == SendStatus.Sent)
        {
        }

        Assert.Equal(0, AllocatedWhileFull(chat));
    }

    private static long AllocatedWhileFull(ITransport chat)
    {
        ReadOnlySpan<byte> frame = stackalloc byte[8];
        int full = 0;
        for (int number = 0; number < WarmUp; number++)
        {
            chat.TrySend(s_requests, frame);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int number = 0; number < Measured; number++)
        {
            full += chat.TrySend(s_requests, frame) == SendStatus.Full ? 1 : 0;
        }

        long allocatedBytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(Measured, full);
        return allocatedBytes;
    }

    /// <summary>Sends back what it gets, and compares what its reading thread has allocated after the warm-up and at the end.</summary>
    private sealed class Echo(ITransport transport, Mailbox to, int frames) : IFrameReceiver
    {
        private int _count;
        private long _before;

        internal bool IsDone => Volatile.Read(ref _count) >= frames;

        internal long AllocatedBytes { get; private set; } = -1;

        public void OnFrame(ReadOnlySpan<byte> frame)
        {
            transport.TrySend(to, frame);
            if (_count + 1 == WarmUp)
            {
                _before = GC.GetAllocatedBytesForCurrentThread();
            }

            if (_count + 1 == frames)
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
