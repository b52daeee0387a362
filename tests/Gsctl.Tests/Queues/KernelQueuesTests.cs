using System.Buffers;
using Gsctl.Queues;
using Gsctl.Reports;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;
using Testing.Support.Ipc;

namespace Gsctl.Tests.Queues;

public sealed class KernelQueuesTests : IDisposable
{
    private readonly UniqueIpcKeys _keys = new();

    public void Dispose() => _keys.Dispose();

    [Fact]
    public void Parse_LineOfTheKernel_HasEachColumn()
    {
        QueueView queue = KernelQueues.Parse(
            "  -2147418112     999999999   640          535         14 13608 13670    10    20    30    40 1800000000          0 1800000001", key => key < 0 ? "other" : "requests")!;

        Assert.Equal(
            (-2147418112, 999999999, "0640", 535L, 14L, 13608, 13670, 10u, 20u, 30u, "other"),
            (queue.Key, queue.Id, queue.Mode, queue.Bytes, queue.Messages, queue.LastSender, queue.LastReceiver, queue.OwnerUid, queue.OwnerGid, queue.CreatorUid, queue.Role));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1800000000), queue.LastSentAt);
        Assert.Null(queue.LastReceivedAt);
    }

    [Theory]
    [InlineData("")]
    [InlineData("key msqid perms cbytes qnum lspid lrpid uid gid cuid cgid stime rtime ctime")]
    public void Parse_AnythingElse_IsNull(string line) => Assert.Null(KernelQueues.Parse(line, _ => "other"));

    [Fact]
    public void Look_MessagesOfSeveralMailboxes_AreCountedAndLeftThere()
    {
        RawQueue raw = RawQueue.OpenOrCreate(_keys.RequestKey);
        raw.Send(1, RequestDueIn(TimeSpan.FromSeconds(2)));
        raw.Send(1, [1, 2, 3]);
        raw.Send(4, [1]);
        raw.Send(5000, []);
        QueueView queue = KernelQueues.ReadAll(_ => "requests").Single(found => found.Key == _keys.RequestKey);

        QueueView looked = new MailboxLook(8192, 100, carriesEnvelopes: true, requestTimeoutMs: 3000).Look(queue);

        Assert.Null(looked.MailboxesUnknown);
        Assert.Equal(
            [(1L, "request", "channelD 1", 2L), (4L, "control", "channelD 1", 1L), (5000L, null, null, 1L)],
            looked.Mailboxes!.Select(mailbox => (mailbox.Type, mailbox.Kind, mailbox.Reader, mailbox.Messages)));
        Assert.InRange(looked.Mailboxes![0].OldestDueInMs!.Value, -60_000, 2000);
        Assert.InRange(looked.Mailboxes![0].OldestAgeMs!.Value, 1000, 63_000);
        Assert.Null(looked.Mailboxes![1].OldestDueInMs);
        Assert.Equal(4, raw.Depth);
    }

    [Fact]
    public void Look_MoreThanMayBeLookedAt_SaysHowMany()
    {
        RawQueue raw = RawQueue.OpenOrCreate(_keys.RequestKey);
        for (int i = 0; i < 5; i++)
        {
            raw.Send(1, [1]);
        }

        QueueView queue = KernelQueues.ReadAll(_ => "requests").Single(found => found.Key == _keys.RequestKey);
        QueueView looked = new MailboxLook(8192, 3, carriesEnvelopes: true, requestTimeoutMs: null).Look(queue);
        Assert.Equal((3, 5L), (looked.LookedAt, looked.Messages));
    }

    private static byte[] RequestDueIn(TimeSpan time)
    {
        ArrayBufferWriter<byte> frame = new();
        var writer = new MessagePackWriter(frame);
        EnvelopeFormat.Write(ref writer, new Envelope
        {
            Kind = MessageKind.Request,
            RequestId = 1,
            Generation = 1,
            ReplyMailbox = new Mailbox(MailboxKind.Result, 0).MType,
            DeadlineNs = new Shared.Protocol.Requests.MonotonicClock(TimeProvider.System).NowNs + (long)time.TotalNanoseconds,
        });
        writer.WriteArrayHeader(0);
        writer.Flush();
        return frame.WrittenSpan.ToArray();
    }
}
