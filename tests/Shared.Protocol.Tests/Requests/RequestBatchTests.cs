using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;

namespace Shared.Protocol.Tests.Requests;

/// <summary>Many requests in one frame, from the asker's side.</summary>
public sealed class RequestBatchTests : IDisposable
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
    public void EndBurst_NoRoom_WaitsInItsOrderAndGoesLater()
    {
        _fixture.Transport.Full.Add(RequestClientFixture.Requests);
        SendMany(7);
        Assert.Empty(_fixture.Transport.Sent);
        Assert.Equal(7, _fixture.Client.InFlightCount);
        _fixture.Transport.Full.Clear();
        _fixture.Time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal(
            ["/찾기 0", "/찾기 1", "/찾기 2", "/찾기 3", "/찾기 4", "/찾기 5", "/찾기 6"],
            FramesOf(_fixture.Transport.Sent.Single().Frame).Select(_fixture.LineOf));
    }

    [Fact]
    public async Task EndBurst_NoRoomUntilTheDeadline_IsBusyAndNotUnknown()
    {
        _fixture.Transport.Full.Add(RequestClientFixture.Requests);
        Task<Outcome<CommandResult>>[] tasks = SendMany(3);
        _fixture.Time.Advance(s_pastDeadline);
        Assert.All(await Task.WhenAll(tasks), static outcome => Assert.Equal(OutcomeKind.Busy, outcome.Kind));
        _fixture.Transport.Full.Clear();
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(_fixture.Transport.Sent);
    }

    [Fact]
    public async Task EndBurst_MailboxGone_EndsAllAsBusy()
    {
        _fixture.Transport.NextStatus = SendStatus.Gone;
        Outcome<CommandResult>[] outcomes = await Task.WhenAll(SendMany(4));
        Assert.All(outcomes, static outcome => Assert.Equal((OutcomeKind.Busy, OutcomeCodes.PeerDown), (outcome.Kind, outcome.Code)));
        Assert.Equal(0, _fixture.Client.InFlightCount);
    }

    [Fact]
    public void EndBurst_BatchTooLargeByNow_GoesOneByOne()
    {
        _fixture.Transport.OnSending = _ => _fixture.Transport.Limits = new TransportLimits(150, 200_000, 200_000, IsShared: false);
        SendMany(4);
        _fixture.Time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal(4, _fixture.Transport.Sent.Count);
        Assert.Equal("/찾기 3", _fixture.SentLine(3));
    }

    [Fact]
    public void EndBurst_MoreThanAFrame_TakesSeveralAndLosesNone()
    {
        _fixture.Client.OnBurstBegin();
        for (int i = 0; i < 500; i++)
        {
            _ = _fixture.SendAsync($"/찾기 {i}");
        }

        _fixture.Client.OnBurstEnd();
        Assert.InRange(_fixture.Transport.Sent.Count, 2, 20);
        Assert.All(_fixture.Transport.Sent, static sent => Assert.InRange(sent.Frame.Length, 1, 8192));
        Assert.Equal(
            Enumerable.Range(0, 500).Select(static i => $"/찾기 {i}"),
            _fixture.Transport.Sent.SelectMany(sent => FramesOf(sent.Frame)).Select(_fixture.LineOf));
    }

    [Fact]
    public void OnFrame_BatchCutOff_EndsWhatIsThereAndCountsTheRest()
    {
        Task<Outcome<CommandResult>>[] tasks = SendMany(3);
        List<byte[]> results = [.. FramesOf(_fixture.Transport.Sent.Single().Frame).Select(frame => _fixture.ResultOf(_fixture.EnvelopeOf(frame)))];
        var writer = new BatchWriter();
        results.ForEach(result => writer.Add(result));
        _fixture.Client.OnFrame(writer.Finished[..^1]);
        Assert.Equal([true, true, false], tasks.Select(static task => task.IsCompleted));
        Assert.Equal(1, _fixture.Client.Statistics.Malformed);
    }

    [Fact]
    public void EndBurst_AnotherThreadAsksMeanwhile_ItsRequestsLeaveBehindThem()
    {
        Assert.True(_fixture.Client.TryBeginBurst());
        _ = _fixture.SendAsync("/찾기 하나");
        var other = new Thread(() => _ = _fixture.SendAsync("/찾기 남", userId: 8));
        other.Start();
        Assert.True(other.Join(s_pastDeadline));
        _ = _fixture.SendAsync("/찾기 둘");
        Assert.Empty(_fixture.Transport.Sent);
        _fixture.Client.EndBurst();

        // The second waits behind the other user's: who came first leaves first.
        Assert.Equal(["/찾기 하나", "/찾기 남", "/찾기 둘"], _fixture.Transport.Sent.SelectMany(sent => FramesOf(sent.Frame)).Select(_fixture.LineOf));
    }

    [Fact]
    public async Task EndBurst_StoppedMeanwhile_SendsNothingAndEndsAll()
    {
        Assert.True(_fixture.Client.TryBeginBurst());
        Task<Outcome<CommandResult>> asked = _fixture.SendAsync("/찾기 하나");
        _fixture.Client.Dispose();
        _fixture.Client.EndBurst();
        Assert.Empty(_fixture.Transport.Sent);
        Assert.Equal(OutcomeCodes.Stopping, (await asked.WaitAsync(s_pastDeadline)).Code);
    }

    [Fact]
    public void EndBurst_SomeEndedMeanwhile_LeavesWithoutThem()
    {
        using var cancelling = new CancellationTokenSource();
        Assert.True(_fixture.Client.TryBeginBurst());
        Task<Outcome<CommandResult>>[] tasks =
        [
            _fixture.SendAsync("/찾기 하나"), _fixture.SendAsync("/찾기 둘", cancellationToken: cancelling.Token), _fixture.SendAsync("/찾기 셋"),
        ];
        cancelling.Cancel();
        _fixture.Client.EndBurst();
        List<byte[]> frames = FramesOf(_fixture.Transport.Sent.Single().Frame);
        Assert.Equal(["/찾기 하나", "/찾기 셋"], frames.Select(_fixture.LineOf));
        frames.ForEach(frame => _fixture.Answer(_fixture.EnvelopeOf(frame)));
        Assert.True(tasks[1].IsCanceled);
        Assert.Equal((0L, 0L), (_fixture.Client.Usage.UsedBytes, _fixture.Client.Usage.OwedBytes));
    }

    [Fact]
    public void EndBurst_PeerLostMeanwhile_GoesToItsSuccessor()
    {
        Assert.True(_fixture.Client.TryBeginBurst());
        Task<Outcome<CommandResult>> asked = _fixture.SendAsync("/찾기 하나");
        _fixture.Client.EndAll(RequestClientFixture.Requests, OutcomeCodes.PeerLost, busyCode: null);
        Assert.False(asked.IsCompleted);
        _fixture.Client.EndBurst();
        _fixture.Answer(_fixture.SentEnvelope(0));
        Assert.True(asked.IsCompletedSuccessfully);
    }

    [Fact]
    public void EndBurst_TransportThrows_TheNextBurstDoesNotSendItAgain()
    {
        _fixture.Transport.OnSending = static _ => throw new InvalidOperationException("thrown");
        Assert.True(_fixture.Client.TryBeginBurst());
        _ = _fixture.SendAsync("/찾기 하나");
        Assert.Throws<InvalidOperationException>(_fixture.Client.EndBurst);
        _fixture.Transport.OnSending = null;
        SendMany(2);
        Assert.Equal(["/찾기 0", "/찾기 1"], FramesOf(_fixture.Transport.Sent.Single().Frame).Select(_fixture.LineOf));
    }

    [Fact]
    public void EndBurst_BatchesCeasedToBeTakenMeanwhile_LeaveOneByOneAndOnce()
    {
        Assert.True(_fixture.Client.TryBeginBurst());
        _ = _fixture.SendAsync("/찾기 하나");
        _ = _fixture.SendAsync("/찾기 둘");
        _fixture.Client.SetBatching(RequestClientFixture.Requests, takesBatches: false);
        _ = _fixture.SendAsync("/찾기 셋");
        _fixture.Client.EndBurst();
        Assert.Equal(["/찾기 하나", "/찾기 둘", "/찾기 셋"], Enumerable.Range(0, 3).Select(_fixture.SentLine));
        _fixture.Client.SetBatching(RequestClientFixture.Requests, takesBatches: true);
        SendMany(2);
        Assert.Equal(["/찾기 0", "/찾기 1"], FramesOf(_fixture.Transport.Sent[3].Frame).Select(_fixture.LineOf));
        Assert.Equal(4, _fixture.Transport.Sent.Count);
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
