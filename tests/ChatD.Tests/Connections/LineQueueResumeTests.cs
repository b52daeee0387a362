using System.IO.Pipelines;
using ChatD.Connections;
using ChatD.Events;
using ChatD.Tests.Events;
using ChatD.Tests.Support;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;

namespace ChatD.Tests.Connections;

/// <summary>A queue that goes from one connection to the next.</summary>
public sealed class LineQueueResumeTests
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);

    private readonly LineQueue _lines = new(maxLines: 64, maxKeptBytes: 1 << 20);

    [Fact]
    public async Task Attach_AfterALoss_SendsWhatWasMissedBehindTheGreeting()
    {
        using Link first = Attach(0);
        PendingLine[] lines = [await EnterAsync(first, 1), await EnterAsync(first, 2), await EnterAsync(first, 3)];
        Answer(lines[0]);
        Assert.Equal("in 1", first.TakeOrder());
        _lines.Detach(first.Outgoing);
        Answer(lines[1]);

        using Link second = Attach(lastAnswered: 1);
        Answer(lines[2]);
        Assert.Equal("in 2 3", second.TakeOrder());
        Assert.Equal(string.Empty, first.TakeOrder());
    }

    [Fact]
    public async Task Attach_AnswerWrittenButNeverRead_IsSentAgain()
    {
        using Link first = Attach(0);
        Answer(await EnterAsync(first, 1));
        using Link second = Attach(lastAnswered: 0);
        Assert.Equal("in 1", second.TakeOrder());
        Answer(await EnterAsync(second, 2, lastAnswered: 1));
        using Link third = Attach(lastAnswered: 2);
        Assert.Equal("in", third.TakeOrder());
    }

    [Fact]
    public async Task Attach_TellsWhichLinesHaveArrived()
    {
        using Link first = Attach(0);
        _ = await EnterAsync(first, 1);
        _ = await EnterAsync(first, 2);
        using Link second = Attach(0);
        ServerLoggedIn greeting = SentFrames.TakeLoggedIn(second.Reader);
        Assert.Equal((2UL, 0UL), (greeting.LastReceivedLineId, greeting.LastLostLineId));
    }

    [Fact]
    public async Task Attach_MoreThanIsKept_TellsWhichAreLost()
    {
        var lines = new LineQueue(maxLines: 64, maxKeptBytes: 2 * KeptResults.SizeOf(Result(1)));
        using var first = new Link();
        lines.Attach(first.Outgoing, default, 0);
        lines.Send();
        for (ulong id = 1; id <= 5; id++)
        {
            LineEntry entry = await lines.EnterAsync(first.Outgoing, new ClientLine(id, string.Empty), arrivedNs: 0, span: null, CancellationToken.None);
            lines.Answer(entry.Line!, Result(id));
        }

        using var second = new Link();
        lines.Attach(second.Outgoing, default, lastAnsweredLineId: 1);
        lines.Send();
        Assert.Equal("in 4 5", second.TakeOrder(out ServerLoggedIn greeting));
        Assert.Equal(3UL, greeting.LastLostLineId);
    }

    [Fact]
    public async Task Attach_ResultsAndEventsMissed_SendsThoseFirst()
    {
        var events = new SessionEvents(Language.Korean, isResumable: true, new MonotonicClock(TimeProvider.System));
        var lines = new LineQueue(maxLines: 64, maxKeptBytes: 1 << 20, events);
        using var first = new Link();
        Assert.True(events.TryGive(TestEvents.Said("before the greeting", takenAtNs: TimeProvider.System.GetTimestamp())));
        lines.Attach(first.Outgoing, default, 0);
        lines.Send();
        LineEntry entry = await lines.EnterAsync(first.Outgoing, new ClientLine(1, string.Empty), arrivedNs: 0, span: null, CancellationToken.None);
        Assert.Equal("in e1", first.TakeOrder());
        lines.Detach(first.Outgoing);
        events.Close(first.Outgoing);
        Assert.True(events.TryGive(TestEvents.Said("away", takenAtNs: TimeProvider.System.GetTimestamp())));
        lines.Answer(entry.Line!, Result(1));
        Assert.True(events.TryGive(TestEvents.Said("away", takenAtNs: TimeProvider.System.GetTimestamp())));

        using var second = new Link();
        lines.Attach(second.Outgoing, default, lastAnsweredLineId: 0, lastEventNumber: 1);
        Assert.True(events.TryGive(TestEvents.Said("just now", takenAtNs: TimeProvider.System.GetTimestamp())));
        lines.Send();
        Assert.Equal("in 1 e2 e3 e4", second.TakeOrder());
    }

    [Fact]
    public async Task EnterAsync_FromTheConnectionBefore_IsNotTaken()
    {
        using Link first = Attach(0);
        using Link second = Attach(0);
        LineEntry entry = await _lines.EnterAsync(first.Outgoing, new ClientLine(1, string.Empty), arrivedNs: 0, span: null, CancellationToken.None);
        Assert.Equal(new LineEntry(null, EndReason.TakenOver), entry);
        _lines.Detach(first.Outgoing);
        Assert.NotNull(await EnterAsync(second, 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(ulong.MaxValue)]
    public async Task EnterAsync_NotTheNextNumber_IsABadFrame(ulong lineId)
    {
        using Link link = Attach(0);
        _ = await EnterAsync(link, 1);
        LineEntry entry = await _lines.EnterAsync(link.Outgoing, new ClientLine(lineId, string.Empty), arrivedNs: 0, span: null, CancellationToken.None);
        Assert.Equal(new LineEntry(null, EndReason.BadFrame), entry);
    }

    [Fact]
    public async Task Answer_FromManyThreadsWhileConnectionsChange_ReachesThePlayerOnceInOrder()
    {
        const ulong Count = 3000;
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        using var deadline = new CancellationTokenSource(s_deadline);
        var received = new List<ulong>();
        ulong next = 1;
        while ((ulong)received.Count < Count)
        {
            // What the client read before the connection broke is at random less than what was written.
            using Link link = Attach((ulong)received.Count);
            ServerLoggedIn greeting = default;
            int length = random.Next(1, 200);
            for (int i = 0; i < length && next <= Count; i++)
            {
                LineEntry entry = await _lines.EnterAsync(link.Outgoing, new ClientLine(next, string.Empty, (ulong)received.Count), arrivedNs: 0, span: null, deadline.Token);
                next++;
                _ = Task.Run(() => Answer(entry.Line!), deadline.Token);
            }

            if (next > Count)
            {
                await _lines.WhenEmptyAsync().WaitAsync(deadline.Token);
            }

            string[] order = link.TakeOrder(out greeting).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.True(order.Length == 0 || order[0] == "in", $"seed {seed}: {order.FirstOrDefault()} comes before the greeting");
            received.AddRange(order.Skip(1).Take(random.Next(order.Length + 1)).Select(id => ulong.Parse(id, System.Globalization.CultureInfo.InvariantCulture)));
            Assert.True(greeting.LastLostLineId == 0, $"seed {seed}: line {greeting.LastLostLineId} was lost");
            _lines.Detach(link.Outgoing);
        }

        Assert.True(received.SequenceEqual(Enumerable.Range(1, (int)Count).Select(id => (ulong)id)), $"seed {seed}: {string.Join(' ', received)}");
    }

    private static ServerResult Result(ulong id) => new(id, 0, "find", OutcomeKind.Ok, "not_found", "text", []);

    private Link Attach(ulong lastAnswered)
    {
        var link = new Link();
        _lines.Attach(link.Outgoing, default, lastAnswered);
        _lines.Send();
        return link;
    }

    private async Task<PendingLine> EnterAsync(Link link, ulong id, ulong lastAnswered = 0)
    {
        LineEntry entry = await _lines.EnterAsync(link.Outgoing, new ClientLine(id, string.Empty, lastAnswered), arrivedNs: 0, span: null, CancellationToken.None);
        Assert.Equal(EndReason.None, entry.Fault);
        return entry.Line!;
    }

    private void Answer(PendingLine line) => _lines.Answer(line, Result(line.LineId));

    private sealed class Link : IDisposable
    {
        private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));

        public Link() => Outgoing = new OutgoingFrames(_pipe.Writer, 1 << 20, new MonotonicClock(TimeProvider.System), new BurstWrites(), () => Assert.Fail("It overflowed."));

        public OutgoingFrames Outgoing { get; }

        public PipeReader Reader => _pipe.Reader;

        public string TakeOrder() => TakeOrder(out _);

        public string TakeOrder(out ServerLoggedIn greeting) => SentFrames.TakeOrder(_pipe.Reader, out greeting);

        public void Dispose() => _pipe.Reader.Complete();
    }
}
