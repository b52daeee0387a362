using System.IO.Pipelines;
using ChatD.Connections;
using ChatD.Tests.Support;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;

namespace ChatD.Tests.Connections;

public sealed class LineQueueTests
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);

    private readonly Pipe _pipe = new(new PipeOptions(useSynchronizationContext: false));
    private readonly OutgoingFrames _outgoing;
    private readonly LineQueue _lines = new(maxLines: 4, maxKeptBytes: 0);

    public LineQueueTests()
    {
        _outgoing = new OutgoingFrames(_pipe.Writer, 1 << 20, new MonotonicClock(TimeProvider.System), new BurstWrites(), () => Assert.Fail("It overflowed."));
        _lines.Attach(_outgoing, default, lastAnsweredLineId: 0);
        _lines.Send();
        SentFrames.TakeLoggedIn(_pipe.Reader);
    }

    [Fact]
    public async Task Answer_OutOfOrder_IsSentInTheOrderOfTheLines()
    {
        PendingLine[] lines = [await EnterAsync(1), await EnterAsync(2), await EnterAsync(3)];
        Answer(lines[2]);
        Answer(lines[1]);
        Assert.Empty(SentFrames.TakeResults(_pipe.Reader));
        Answer(lines[0]);
        Assert.Equal([1UL, 2, 3], SentFrames.TakeResults(_pipe.Reader).Select(result => result.LineId));
    }

    [Fact]
    public async Task EnterAsync_Full_WaitsUntilTheFirstIsAnswered()
    {
        PendingLine[] lines = [await EnterAsync(1), await EnterAsync(2), await EnterAsync(3), await EnterAsync(4)];
        Task<PendingLine> fifth = EnterAsync(5);
        Answer(lines[3]);
        Assert.False(fifth.IsCompleted);
        Answer(lines[0]);
        Assert.Equal(5UL, (await fifth.WaitAsync(s_deadline)).LineId);
    }

    [Fact]
    public async Task EnterAsync_PlayerGoneWhileFull_IsCancelled()
    {
        using var gone = new CancellationTokenSource();
        for (ulong id = 1; id <= 4; id++)
        {
            await EnterAsync(id);
        }

        Task<LineEntry> fifth = _lines.EnterAsync(_outgoing, new ClientLine(5, string.Empty), arrivedNs: 0, span: null, gone.Token).AsTask();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fifth.WaitAsync(s_deadline));
    }

    [Fact]
    public async Task WhenEmptyAsync_AllAnswered_Completes()
    {
        Assert.True(_lines.WhenEmptyAsync().IsCompleted);
        PendingLine line = await EnterAsync(1);
        Task empty = _lines.WhenEmptyAsync();
        Assert.False(empty.IsCompleted);
        Answer(line);
        await empty.WaitAsync(s_deadline);
    }

    [Fact]
    public async Task Answer_FromManyThreadsAtOnce_KeepsTheOrderAndLosesNone()
    {
        const int Count = 5000;
        using var outgoingDone = new CancellationTokenSource(s_deadline);
        var received = new List<ulong>();
        Task reading = Task.Run(
            async () =>
            {
                while (received.Count < Count)
                {
                    received.AddRange(SentFrames.TakeResults(_pipe.Reader).Select(result => result.LineId));
                    await Task.Delay(1, outgoingDone.Token);
                }
            },
            outgoingDone.Token);
        for (ulong id = 1; id <= Count; id++)
        {
            PendingLine line = (await _lines.EnterAsync(_outgoing, new ClientLine(id, string.Empty), arrivedNs: 0, span: null, outgoingDone.Token)).Line!;
            _ = Task.Run(() => Answer(line), outgoingDone.Token);
        }

        await reading.WaitAsync(s_deadline);
        Assert.Equal(Enumerable.Range(1, Count).Select(id => (ulong)id), received);
    }

    private async Task<PendingLine> EnterAsync(ulong id) =>
        (await _lines.EnterAsync(_outgoing, new ClientLine(id, string.Empty), arrivedNs: 0, span: null, CancellationToken.None)).Line!;

    private void Answer(PendingLine line) =>
        _lines.Answer(line, new ServerResult(line.LineId, 0, "find", OutcomeKind.Ok, "not_found", "text", []));
}
