using System.Globalization;
using Shared.Protocol.Interop.Linux;
using Shared.Protocol.Transport;
using Shared.Protocol.Transport.SysV;
using Transport.Conformance.Support;

namespace Transport.Conformance.SysV;

/// <summary>Limits are read from the kernel and the queue, and frames above them do no harm.</summary>
public sealed class SysVLimitsTests : SysVTestBase
{
    [Fact]
    public async Task Open_NewQueues_LimitsAreTheKernels()
    {
        await using SysVTransport transport = Open(ChannelD);
        long msgmax = Sysctl("msgmax");
        long msgmnb = Sysctl("msgmnb");

        Assert.Equal(new TransportLimits((int)Math.Min(msgmax, msgmnb), msgmnb, msgmnb, IsShared: false), transport.Limits);
        Assert.Contains($"frames up to {transport.Limits.MaxFrameBytes} bytes", Assert.Single(Logger.Of(1000)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_SmallerCapacityDesired_QueuesAndFramesAreSmaller()
    {
        await using SysVTransport transport = Open(ChannelD, desiredQueueBytes: 1000);
        await using SysVTransport peer = Open(ChatD);

        Assert.Equal(new TransportLimits(1000, 1000, 1000, IsShared: false), transport.Limits);
        Assert.Equal(transport.Limits, peer.Limits);
    }

    [Fact]
    public async Task Open_CapacityAboveTheSystems_IsSetOrNamesTheSysctl()
    {
        long desired = 4 * Sysctl("msgmnb");
        await using SysVTransport transport = Open(ChannelD, desired);

        // With CAP_SYS_RESOURCE it is set; without, the line to run is in the log.
        if (transport.Limits.RequestCapacityBytes != desired)
        {
            Assert.Equal(Sysctl("msgmnb"), transport.Limits.RequestCapacityBytes);
            Assert.All(Logger.Of(1001), line => Assert.Contains($"`sysctl -w kernel.msgmnb={desired}`", line, StringComparison.Ordinal));
            Assert.Equal(2, Logger.Of(1001).Count());
        }
    }

    [Fact]
    public async Task StartReading_OversizeMessageAtTheHead_IsRemovedAndNextOnesArrive()
    {
        await using SysVTransport channel = Open(ChannelD, desiredQueueBytes: 1000);
        int id = Keys.RequestQueueId!.Value;
        Resize(id, 16384);
        Put(id, Requests.MType, 5000);
        Put(id, Requests.MType, 1001);
        Put(id, Requests.MType, 1000);
        Put(id, Requests.MType, 3);

        var receiver = new RecordingReceiver();
        channel.StartReading(Requests, receiver);
        await ArrivedAsync(receiver, 2);

        Assert.Equal([1000, 3], receiver.Frames.Select(frame => frame.Length));
        Assert.Single(Logger.Of(1005));
        Assert.Equal(default, channel.GetDepth(Requests));
    }

    [Fact]
    public async Task TrySend_CapacityLoweredToNothing_IsFullAndRecovers()
    {
        await using SysVTransport chat = Open(ChatD);
        int id = Keys.RequestQueueId!.Value;
        Resize(id, 0);
        Assert.Equal(SendStatus.Full, chat.TrySend(Requests, [1]));
        Resize(id, 4096);
        Assert.Equal(SendStatus.Sent, chat.TrySend(Requests, [1]));
    }

    [Fact]
    public async Task GetDepth_QueueCannotBeLookedAt_IsFull()
    {
        var calls = new FailingCalls();
        await using SysVTransport chat = SysVTransport.Open(new SysVTransportOptions { RequestKey = Keys.RequestKey, Claim = ChatD }, Logger, calls);
        calls.StatError = Errno.EACCES;
        Assert.Equal(new MailboxDepth(1, chat.Limits.RequestCapacityBytes), chat.GetDepth(Requests));
        calls.StatError = Errno.None;
        Assert.Equal(default, chat.GetDepth(Requests));
    }

    [Fact]
    public void Open_QueueHoldsNothing_IsRefusedAndSaysWhatToDo()
    {
        int id = MakeQueue(Keys.RequestKey, SysVTransportOptions.OwnerOnly);
        Resize(id, 0);
        var refused = Assert.Throws<ResourceRefusedException>(() => Open(ChatD));
        Assert.Contains("holds 0 bytes", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"`ipcrm -Q 0x{Keys.RequestKey:x}`", refused.Message, StringComparison.Ordinal);
        Assert.Equal(id, Keys.RequestQueueId);
        Assert.Null(Keys.SemaphoreSetId);
    }

    private static long Sysctl(string name) =>
        long.Parse(File.ReadAllText($"/proc/sys/kernel/{name}"), CultureInfo.InvariantCulture);
}
