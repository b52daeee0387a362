using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;

namespace Shared.Protocol.Tests.Requests;

/// <summary>Many requests in one frame, from the asker's side.</summary>
public sealed partial class RequestBatchTests : IDisposable
{
    private static readonly TimeSpan s_pastDeadline = TimeSpan.FromSeconds(3.1);

    private readonly RequestClientFixture _fixture = new(new RequestClientOptions { WindowBytes = 100_000 });

    public RequestBatchTests()
    {
        _fixture.Transport.Limits = new TransportLimits(8192, 200_000, 200_000, IsShared: false);
        _fixture.Client.SetBatching(RequestClientFixture.Requests, takesBatches: true);
    }

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void SendAsync_Alone_GoesAtOnceAsItIs()
    {
        _ = _fixture.SendAsync("/찾기 하나");
        Assert.Equal("/찾기 하나", _fixture.SentLine(0));
    }

    [Fact]
    public void EndBurst_SeveralRequests_LeaveInOneFrameInTheirOrder()
    {
        Assert.True(_fixture.Client.TryBeginBurst());
        Task<Outcome<CommandResult>>[] tasks = [.. Enumerable.Range(0, 5).Select(i => _fixture.SendAsync($"/찾기 {i}"))];
        Assert.Empty(_fixture.Transport.Sent);
        _fixture.Client.EndBurst();

        List<byte[]> frames = FramesOf(_fixture.Transport.Sent.Single().Frame);
        Assert.Equal(["/찾기 0", "/찾기 1", "/찾기 2", "/찾기 3", "/찾기 4"], frames.Select(_fixture.LineOf));
        foreach (byte[] frame in frames)
        {
            _fixture.Answer(_fixture.EnvelopeOf(frame));
        }

        Assert.All(tasks, static task => Assert.True(task.IsCompletedSuccessfully));
    }

    [Fact]
    public void TryBeginBurst_Another_TakesThemAlong()
    {
        Assert.True(_fixture.Client.TryBeginBurst());
        Assert.False(_fixture.Client.TryBeginBurst());
        _ = _fixture.SendAsync("/찾기 하나");
        _fixture.Client.EndBurst();
        Assert.Single(_fixture.Transport.Sent);
        _ = _fixture.SendAsync("/찾기 둘");
        Assert.Equal(2, _fixture.Transport.Sent.Count);
    }

    [Fact]
    public void TryBeginBurst_ReaderTakesNoBatches_HoldsNothing()
    {
        _fixture.Client.SetBatching(RequestClientFixture.Requests, takesBatches: false);
        Assert.True(_fixture.Client.TryBeginBurst());
        _ = _fixture.SendAsync("/찾기 하나");
        Assert.Single(_fixture.Transport.Sent);
        _fixture.Client.EndBurst();
    }

    [Fact]
    public void TryPutOff_InABurst_IsDoneAtItsEndOnceAndForItsThreadAlone()
    {
        var member = new CountingMember();
        Assert.False(RequestClient.TryPutOff(member));
        Assert.True(_fixture.Client.TryBeginBurst());
        Assert.True(RequestClient.TryPutOff(member));
        bool isPutOffElsewhere = true;
        var other = new Thread(() => isPutOffElsewhere = RequestClient.TryPutOff(member));
        other.Start();
        Assert.True(other.Join(s_pastDeadline));
        Assert.False(isPutOffElsewhere);
        Assert.Equal(0, member.Ended);
        _fixture.Client.EndBurst();
        Assert.Equal(1, member.Ended);
    }

    [Fact]
    public void Timestamp_WithinABurst_IsThatOfItsBeginning()
    {
        Assert.True(_fixture.Client.TryBeginBurst());
        long beganAt = _fixture.Client.Timestamp;
        _fixture.Time.Advance(TimeSpan.FromMilliseconds(1));
        _ = _fixture.SendAsync("/찾기 하나");
        Assert.Equal(beganAt, _fixture.Client.Timestamp);
        _fixture.Client.EndBurst();

        Assert.Equal(_fixture.Time.GetTimestamp(), _fixture.Client.Timestamp);
        _ = _fixture.SendAsync("/찾기 둘");
        Assert.Equal(TimeSpan.FromMilliseconds(1).TotalNanoseconds, _fixture.SentEnvelope(1).DeadlineNs - _fixture.SentEnvelope(0).DeadlineNs);
    }

    [Fact]
    public void ExpectsMore_OneInFlightOrNobodyTakesBatches_IsFalse()
    {
        _ = _fixture.SendAsync("/찾기 하나");
        Assert.False(_fixture.Client.ExpectsMore);
        _ = _fixture.SendAsync("/찾기 둘");
        Assert.True(_fixture.Client.ExpectsMore);
        _fixture.Client.SetBatching(RequestClientFixture.Requests, takesBatches: false);
        Assert.False(_fixture.Client.ExpectsMore);
    }

    [Fact]
    public async Task OnFrame_InABurstOfResults_WhatFollowsLeavesWhenHalfOfAllIsAtHandAndAtTheEnd()
    {
        Task[] asked = [.. Enumerable.Range(0, 7).Select(AskTwiceAsync)];
        byte[][] results = [.. Enumerable.Range(0, 7).Select(i => _fixture.ResultOf(_fixture.SentEnvelope(i)))];
        _fixture.Client.OnBurstBegin();
        foreach (byte[] result in results[..3])
        {
            _fixture.Client.OnFrame(result);
        }

        Assert.Equal(7, _fixture.Transport.Sent.Count);
        _fixture.Client.OnFrame(results[3]);
        Assert.Equal(4, FramesOf(_fixture.Transport.Sent[7].Frame).Count);
        _fixture.Client.OnFrame(results[4]);
        Assert.Equal(8, _fixture.Transport.Sent.Count);
        _fixture.Client.OnBurstEnd();
        Assert.Single(FramesOf(_fixture.Transport.Sent[8].Frame));
        _fixture.Client.OnFrame(results[5]);
        _fixture.Client.OnFrame(results[6]);
        foreach (byte[] frame in _fixture.Transport.Sent.Skip(7).SelectMany(sent => FramesOf(sent.Frame)).ToArray())
        {
            _fixture.Answer(_fixture.EnvelopeOf(frame));
        }

        await Task.WhenAll(asked).WaitAsync(s_pastDeadline);
    }

    [Fact]
    public async Task OnFrame_BatchOfResults_EndsEachAndWhatFollowsLeavesTogether()
    {
        var following = new List<Task>();
        Begin(6);
        List<byte[]> asked = FramesOf(_fixture.Transport.Sent.Single().Frame);
        _fixture.OnFrame(asked.Select(frame => _fixture.ResultOf(_fixture.EnvelopeOf(frame))));

        // What the six continuations have asked went out in a single frame.
        Assert.Equal(2, _fixture.Transport.Sent.Count);
        Assert.Equal(6, FramesOf(_fixture.Transport.Sent[1].Frame).Count);
        _fixture.OnFrame(FramesOf(_fixture.Transport.Sent[1].Frame).Select(frame => _fixture.ResultOf(_fixture.EnvelopeOf(frame))));
        await Task.WhenAll(following);
        Assert.Equal(0, _fixture.Client.InFlightCount);

        void Begin(int count)
        {
            Assert.True(_fixture.Client.TryBeginBurst());
            following.AddRange(Enumerable.Range(0, count).Select(AskTwiceAsync));
            _fixture.Client.EndBurst();
        }
    }

    [Fact]
    public void EndBurst_FirstIsLongerThanABatchCanTell_GoesByItself()
    {
        using var fixture = new RequestClientFixture(new RequestClientOptions { WindowBytes = 1_000_000 });
        fixture.Transport.Limits = new TransportLimits(300_000, 1_000_000, 1_000_000, IsShared: false);
        fixture.Client.SetBatching(RequestClientFixture.Requests, takesBatches: true);
        Assert.True(fixture.Client.TryBeginBurst());
        _ = fixture.SendAsync(new string('x', 70_000));
        _ = fixture.SendAsync("/찾기 둘");
        fixture.Client.EndBurst();
        Assert.Equal([70_000, 5], fixture.Transport.Sent.Select(sent => fixture.LineOf(sent.Frame).Length));
    }

    [Fact]
    public void SendAsync_ManyUnanswered_WaitsForTheNextResultAndLeavesTogether()
    {
        SendMany(63);
        _ = _fixture.SendAsync("/찾기 하나");
        Assert.Equal(2, _fixture.Transport.Sent.Count);
        _ = _fixture.SendAsync("/찾기 둘", userId: 8);
        _ = _fixture.SendAsync("/찾기 셋", userId: 9);
        Assert.Equal(2, _fixture.Transport.Sent.Count);
        _fixture.Answer(_fixture.SentEnvelope(1));
        Assert.Equal(["/찾기 둘", "/찾기 셋"], FramesOf(_fixture.Transport.Sent[2].Frame).Select(_fixture.LineOf));
    }

    [Fact]
    public void SendAsync_ManyUnansweredAndNoResultComes_LeavesAfterATick()
    {
        SendMany(64);
        _ = _fixture.SendAsync("/찾기 하나", userId: 8);
        Assert.Single(_fixture.Transport.Sent);
        _fixture.Time.Advance(TimeSpan.FromMilliseconds(11));
        Assert.Equal("/찾기 하나", _fixture.SentLine(1));
    }

    [Fact]
    public void SendAsync_ManyWhoseHandlersWait_LeavesAtOnce()
    {
        SendMany(80);
        _fixture.Time.Advance(TimeSpan.FromMilliseconds(11));
        _ = _fixture.SendAsync("/찾기 하나", userId: 8);
        _fixture.Time.Advance(TimeSpan.FromMilliseconds(11));
        int sent = _fixture.Transport.Sent.Count;

        // The last one is answered before the eighty.
        _fixture.Answer(_fixture.SentEnvelope(sent - 1));
        _ = _fixture.SendAsync("/찾기 둘", userId: 9);
        Assert.Equal("/찾기 둘", _fixture.SentLine(sent));
        Assert.Equal(81, _fixture.Client.InFlightCount);
    }

    [Fact]
    public async Task EndBurst_CreditForSome_TheOthersLeaveWhenThoseAreAnswered()
    {
        using var fixture = new RequestClientFixture(new RequestClientOptions { WindowBytes = 300 });
        fixture.Transport.Limits = new TransportLimits(8192, 200_000, 200_000, IsShared: false);
        fixture.Client.SetBatching(RequestClientFixture.Requests, takesBatches: true);
        Assert.True(fixture.Client.TryBeginBurst());
        Task<Outcome<CommandResult>>[] tasks = [.. Enumerable.Range(0, 20).Select(i => fixture.SendAsync($"/찾기 {i}"))];
        fixture.Client.EndBurst();
        var lines = new List<string>();
        for (int sent = 0; sent < fixture.Transport.Sent.Count; sent++)
        {
            List<byte[]> frames = FramesOf(fixture.Transport.Sent[sent].Frame);
            Assert.InRange(frames.Count, 1, 10);
            lines.AddRange(frames.Select(fixture.LineOf));
            fixture.OnFrame(frames.Select(frame => fixture.ResultOf(fixture.EnvelopeOf(frame))));
        }

        Assert.Equal(Enumerable.Range(0, 20).Select(static i => $"/찾기 {i}"), lines);
        Assert.All(await Task.WhenAll(tasks).WaitAsync(s_pastDeadline), static outcome => Assert.Equal(OutcomeKind.Ok, outcome.Kind));
    }

    private Task<Outcome<CommandResult>>[] SendMany(int count)
    {
        Assert.True(_fixture.Client.TryBeginBurst());
        Task<Outcome<CommandResult>>[] tasks = [.. Enumerable.Range(0, count).Select(i => _fixture.SendAsync($"/찾기 {i}"))];
        _fixture.Client.EndBurst();
        return tasks;
    }

    private async Task AskTwiceAsync(int number)
    {
        _ = await _fixture.Client.SendAsync<CommandRequest, CommandResult>(RequestClientFixture.Requests, 7, new CommandRequest($"/찾기 {number}"));
        _ = await _fixture.Client.SendAsync<CommandRequest, CommandResult>(RequestClientFixture.Requests, 7, new CommandRequest($"/찾기 {number}b"));
    }

    private static List<byte[]> FramesOf(ReadOnlySpan<byte> frame)
    {
        var all = new List<byte[]>();
        if (!BatchFormat.TryBegin(frame, out ReadOnlySpan<byte> frames, out _))
        {
            return [frame.ToArray()];
        }

        while (BatchFormat.TryTake(ref frames, out ReadOnlySpan<byte> one))
        {
            all.Add(one.ToArray());
        }

        return all;
    }

    private sealed class CountingMember : IBurstMember
    {
        public int Ended { get; private set; }

        public void OnBurstEnd() => Ended++;
    }
}
