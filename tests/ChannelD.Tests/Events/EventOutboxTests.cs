using System.Globalization;
using ChannelD.Events;
using Shared.Protocol.Messages.CPrograms;
using Shared.Protocol.Messages.Events;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Testing.Support.Time;
using Testing.Support.Transports;

namespace ChannelD.Tests.Events;

/// <summary>The stream to one run of one chatD.</summary>
public sealed class EventOutboxTests : IDisposable
{
    private const ulong ChatGeneration = 0xC1;

    private readonly ScriptedTransport _transport = new();
    private readonly ManualTime _time = new();
    private readonly EventOutbox _outbox;

    public EventOutboxTests() => _outbox = new EventOutbox(
        new Mailbox(MailboxKind.Event, 0),
        ChatGeneration,
        _transport,
        new EventEncoder(WireCodecs.For(WireFormat.MessagePack), 0xD1, _transport.Limits.MaxFrameBytes),
        new EventCounts(),
        _time);

    [Fact]
    public void TryPost_NothingWaits_IsSentAtOnceAndNumbered()
    {
        Assert.True(_outbox.TryPost(Event("a")));
        Assert.True(_outbox.TryPost(Event("b")));
        Assert.Equal([(1UL, "a", ChatGeneration), (2UL, "b", ChatGeneration)], Sent().Select(one => (one.Number, one.Code, one.ChatGeneration)));
    }

    [Fact]
    public void TryPost_MailboxIsFull_WaitsAndLeavesInOrderWhenThereIsRoom()
    {
        _transport.NextStatus = SendStatus.Full;
        Assert.True(_outbox.TryPost(Event("a")));
        Assert.True(_outbox.TryPost(Event("b")));
        Assert.Equal((0, 2), (_transport.Sent.Count, _outbox.PendingCount));
        _transport.NextStatus = SendStatus.Sent;
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(_outbox.TryPost(Event("c")));
        Assert.Equal(["a 1", "b 2", "c 3"], Order());
    }

    [Theory]
    [InlineData(SendStatus.Gone)]
    [InlineData(SendStatus.Refused)]
    public void TryPost_QueueIsAway_WaitsForIt(SendStatus away)
    {
        _transport.NextStatus = away;
        Assert.True(_outbox.TryPost(Event("a")));
        _transport.NextStatus = SendStatus.Sent;
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["a 1"], Order());
    }

    [Fact]
    public void TryPost_MoreThanMayWait_IsRefusedAndUsesNoNumber()
    {
        _transport.NextStatus = SendStatus.Full;
        int taken = 0;
        while (_outbox.TryPost(Event("a")))
        {
            taken++;
            Assert.True(taken <= EventOutbox.MaxPendingFrames);
        }

        Assert.Equal(EventOutbox.MaxPendingFrames, taken);
        _transport.NextStatus = SendStatus.Sent;
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(_outbox.TryPost(Event("b")));
        Assert.Equal(Enumerable.Range(1, taken + 1).Select(number => (ulong)number), Sent().Select(one => one.Number));
    }

    [Fact]
    public void TryPost_ManyBytesWait_IsRefused()
    {
        _transport.NextStatus = SendStatus.Full;
        var large = Event(new string('x', 8000));
        int taken = 0;
        while (_outbox.TryPost(large))
        {
            taken++;
            Assert.True(taken <= EventOutbox.MaxPendingBytes / 8000);
        }

        Assert.InRange(taken, (EventOutbox.MaxPendingBytes / 8200) - 1, EventOutbox.MaxPendingBytes / 8000);
    }

    [Fact]
    public void TryPost_QueueNearlyFull_LeavesRoomForTheLink()
    {
        _transport.Depth = new MailboxDepth(10, _transport.Limits.ResultCapacityBytes * 3 / 4);
        Assert.True(_outbox.TryPost(Event("a")));
        Assert.Empty(_transport.Sent);
        _transport.Depth = default;
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["a 1"], Order());
    }

    [Fact]
    public void TryPost_MoreRecipientsThanAFrameHolds_ComesInSeveralCompleteOnes()
    {
        int[] users = [.. Enumerable.Range(1_000_000, 5000)];
        Assert.True(_outbox.TryPost(Event("a") with { UserIds = users }));
        Assert.True(_outbox.TryPost(Event("b")));
        List<GameEvent> sent = Sent();
        Assert.True(sent.Count > 3);
        Assert.Equal(Enumerable.Range(1, sent.Count).Select(number => (ulong)number), sent.Select(one => one.Number));
        Assert.Equal(users, sent.Where(one => one.Code == "a").SelectMany(one => one.UserIds));
        Assert.All(_transport.Sent, one => Assert.InRange(one.Frame.Length, 1, _transport.Limits.MaxFrameBytes));
        Assert.All(sent.SkipLast(1), one => Assert.Equal(("map", "나"), (one.Room, one.Sender)));
    }

    [Fact]
    public void TryPost_SeveralFramesAndRoomForOne_TakesNone()
    {
        _transport.NextStatus = SendStatus.Full;
        for (int i = 0; i < EventOutbox.MaxPendingFrames - 1; i++)
        {
            Assert.True(_outbox.TryPost(Event("a")));
        }

        Assert.False(_outbox.TryPost(Event("many") with { UserIds = [.. Enumerable.Range(1_000_000, 5000)] }));
        Assert.True(_outbox.TryPost(Event("last")));
        _transport.NextStatus = SendStatus.Sent;
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal($"last {EventOutbox.MaxPendingFrames}", Order()[^1]);
        Assert.DoesNotContain(Sent(), one => one.Code == "many");
    }

    [Fact]
    public void TryPost_TooLongForAnyFrame_IsRefused()
    {
        Assert.False(_outbox.TryPost(Event(new string('x', 9000)) with { UserIds = [1, 2] }));
        Assert.True(_outbox.TryPost(Event("a")));
        Assert.Equal(["a 1"], Order());
    }

    [Fact]
    public void Drop_WithFramesWaiting_LeavesAGapInTheNumbers()
    {
        Assert.True(_outbox.TryPost(Event("a")));
        _transport.NextStatus = SendStatus.Full;
        Assert.True(_outbox.TryPost(Event("b")));
        Assert.True(_outbox.TryPost(Event("c")));
        _outbox.Drop();
        _transport.NextStatus = SendStatus.Sent;
        Assert.True(_outbox.TryPost(Event("d")));
        Assert.Equal(["a 1", "d 4"], Order());
        Assert.Equal(0, _outbox.PendingCount);
    }

    [Fact]
    public void Drop_WhileAFrameIsBeingSent_DropsTheOthersOnly()
    {
        _transport.NextStatus = SendStatus.Full;
        Assert.True(_outbox.TryPost(Event("a")));
        Assert.True(_outbox.TryPost(Event("b")));
        _transport.NextStatus = SendStatus.Sent;
        bool isFirst = true;
        _transport.OnSending = _ =>
        {
            if (isFirst)
            {
                isFirst = false;
                _outbox.Drop();
                Assert.True(_outbox.TryPost(Event("c")));
            }
        };
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["a 1", "c 3"], Order());
    }

    [Fact]
    public void Updates_AndEnds_StandInTheSameStream()
    {
        Assert.True(_outbox.TryPost(new SessionUpdate(0, 7, ["가"], 0)));
        Assert.True(_outbox.TryPost(new SessionEnded(0, 7, "name_taken", 0)));
        Assert.True(_outbox.TryPost(Event("a")));
        Assert.Equal(3UL, SentEvents.Read(_transport.Sent[^1].Frame).Number);
    }

    [Fact]
    public void TryPost_FromManyThreadsWhileTheMailboxComesAndGoes_EachOnceInOrder()
    {
        const int Threads = 4;
        const int Each = 3000;
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        var refused = new int[Threads];
        using var stop = new CancellationTokenSource();
        var toggling = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                _transport.NextStatus = random.Next(3) > 0 ? SendStatus.Sent : SendStatus.Full;
                _time.Advance(TimeSpan.FromMilliseconds(1));
                Thread.Yield();
            }
        });
        toggling.Start();
        Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, thread =>
        {
            for (int i = 0; i < Each; i++)
            {
                if (!_outbox.TryPost(Event($"{thread}") with { Arguments = [i.ToString(CultureInfo.InvariantCulture)] }))
                {
                    refused[thread]++;
                }
            }
        });
        stop.Cancel();
        toggling.Join();
        _transport.NextStatus = SendStatus.Sent;
        _time.Advance(TimeSpan.FromMilliseconds(2));
        List<GameEvent> sent = Sent();
        Assert.True((Threads * Each) - refused.Sum() == sent.Count, $"seed {seed}: {sent.Count} sent, {refused.Sum()} refused");
        Assert.True(
            sent.Select(one => one.Number).SequenceEqual(Enumerable.Range(1, sent.Count).Select(number => (ulong)number)), $"seed {seed}: not in order");
        foreach (IGrouping<string, GameEvent> thread in sent.GroupBy(one => one.Code))
        {
            int[] order = [.. thread.Select(one => int.Parse(one.Arguments[0], CultureInfo.InvariantCulture))];
            Assert.True(order.SequenceEqual(order.Order()), $"seed {seed}: thread {thread.Key} out of order");
        }
    }

    public void Dispose() => _outbox.Dispose();

    private static GameEvent Event(string code) =>
        new(0, 0, "map", "say", code, [], "나", EventAudience.Sessions, [1], 0);

    private List<GameEvent> Sent() => SentEvents.Read(_transport.Sent);

    private string[] Order() => [.. Sent().Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Code} {one.Number}"))];
}
