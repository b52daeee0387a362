using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;

namespace Shared.Protocol.Tests.Requests;

/// <summary>Several mailboxes, and what is owed: who stands still costs others nothing, and costs itself no longer than it does.</summary>
public sealed class RequestLaneTests : IDisposable
{
    private static readonly Mailbox s_here = new(MailboxKind.Request, 0);
    private static readonly Mailbox s_there = new(MailboxKind.Request, 1);
    private static readonly TimeSpan s_pastDeadline = TimeSpan.FromSeconds(3.1);

    private readonly RequestClientFixture _fixture = new(new RequestClientOptions { WindowBytes = 1000, MaxPending = 40 });

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void SendAsync_OneMailboxIsNotRead_TheOtherIsAnsweredAsIfAlone()
    {
        // Known before, so that the flood does not take it all first.
        _ = _fixture.SendToAsync(s_here, "/찾기 첫째");
        Answer(0);
        Task<Outcome<CommandResult>>[] flood = [.. Enumerable.Range(0, 200).Select(i => _fixture.SendToAsync(s_there, $"/찾기 {i}", userId: 1 + i))];
        int outThere = _fixture.Transport.Sent.Count(sent => sent.To == s_there);
        Assert.InRange(outThere, 2, 15);
        Assert.Contains(flood, static task => task.IsCompleted);
        for (int i = 0; i < 50; i++)
        {
            Task<Outcome<CommandResult>> mine = _fixture.SendToAsync(s_here, $"/찾기 나{i}");
            Answer(_fixture.Transport.Sent.Count - 1);
            Assert.True(mine.IsCompletedSuccessfully, "what nobody reads takes no turn of this one's");
        }

        Assert.Equal(outThere, _fixture.Transport.Sent.Count(sent => sent.To == s_there));
    }

    [Fact]
    public void SendAsync_OneMailboxIsNotRead_TheOtherHasRoomToWaitToo()
    {
        _ = _fixture.SendToAsync(s_here, "/찾기 첫째");
        Assert.Equal(20, CountWaiting(s_there));
        Assert.InRange(CountWaiting(s_here), 5, 10);

        int CountWaiting(Mailbox to)
        {
            int before = _fixture.Client.InFlightCount;
            int sent = _fixture.Transport.Sent.Count;
            _fixture.Transport.Full.Add(to);
            for (int i = 0; i < 60; i++)
            {
                _ = _fixture.SendToAsync(to, $"/찾기 {i}", userId: 1 + i);
            }

            Assert.Equal(sent, _fixture.Transport.Sent.Count);
            return _fixture.Client.InFlightCount - before;
        }
    }

    [Fact]
    public void OnFrame_AnswerOfALaterOne_ForgivesWhatWasSentBefore()
    {
        _fixture.Transport.Depth = new MailboxDepth(100, 100_000);
        _ = Fill();
        int full = _fixture.Transport.Sent.Count;
        _fixture.Time.Advance(s_pastDeadline);
        Assert.Equal(0, _fixture.Client.InFlightCount);

        // All of it is owed; the queue never empties, for others use it too. One is sent to see, and its answer shows that all were read.
        Task<Outcome<CommandResult>>[] again = Fill();
        Assert.Equal(full + 1, _fixture.Transport.Sent.Count);
        Answer(full);
        Assert.True(again[0].IsCompletedSuccessfully);
        Assert.InRange(_fixture.Transport.Sent.Count, (2 * full) - 1, (2 * full) + 1);
    }

    [Fact]
    public void SendAsync_NobodyReadsForLong_AddsOneInATimeOut()
    {
        _fixture.Transport.Depth = new MailboxDepth(100, 100_000);
        _ = Fill();
        int full = _fixture.Transport.Sent.Count;
        for (int round = 1; round <= 5; round++)
        {
            _fixture.Time.Advance(s_pastDeadline);
            _ = Fill();
            Assert.Equal(full + round, _fixture.Transport.Sent.Count);
        }
    }

    [Fact]
    public void OnFrame_AnswerOfAnEarlierOne_ForgivesNothing()
    {
        _fixture.Transport.Depth = new MailboxDepth(100, 100_000);
        using var cancelled = new CancellationTokenSource();
        _ = _fixture.SendToAsync(s_here, "/찾기 먼저");
        _ = _fixture.SendToAsync(s_here, "/찾기 나중", cancellationToken: cancelled.Token);
        _ = Fill();
        int full = _fixture.Transport.Sent.Count;
        cancelled.Cancel();
        Assert.Equal(full, _fixture.Transport.Sent.Count);

        // Room for the one that was answered, and not for the one that may still lie there.
        Answer(0);
        Assert.Equal(full + 1, _fixture.Transport.Sent.Count);
    }

    private Task<Outcome<CommandResult>>[] Fill() => [.. Enumerable.Range(0, 30).Select(i => _fixture.SendToAsync(s_here, $"/찾기 {i:00}", userId: 1 + i))];

    private void Answer(int index) => _fixture.Answer(_fixture.SentEnvelope(index));
}
