using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;

namespace Shared.Protocol.Tests.Requests;

/// <content>Batches that cannot leave as they were put together.</content>
public sealed partial class RequestBatchTests
{
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
}
