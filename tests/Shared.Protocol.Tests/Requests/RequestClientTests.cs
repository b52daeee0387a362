using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.CPrograms;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Tests.Requests;

public sealed class RequestClientTests
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMilliseconds(3000);
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(10);

    [Fact]
    public async Task SendAsync_BesideAUserThatFloods_WaitsForOneOfItsRequestsOnly()
    {
        using var fixture = new RequestClientFixture(new RequestClientOptions { WindowBytes = 1 << 20, WindowCount = 1, MaxPending = 64 });
        List<Task<Outcome<CommandResult>>> flood = [.. Enumerable.Range(0, 100).Select(i => fixture.SendAsync($"flood {i}", userId: 1))];
        Task<Outcome<CommandResult>> quiet = fixture.SendAsync("quiet", userId: 2);

        // One is sent, half of the bound waits, the rest is refused at once; the quiet one is taken.
        Assert.Equal(100 - 1 - 32, flood.Count(task => task.IsCompleted));
        Assert.Equal(OutcomeKind.Busy, (await flood[^1]).Kind);
        Assert.False(quiet.IsCompleted);

        for (int answered = 0; answered < 3; answered++)
        {
            fixture.Answer(fixture.SentEnvelope(answered));
        }

        Assert.Equal(["flood 0", "flood 1", "quiet", "flood 2"], Enumerable.Range(0, 4).Select(fixture.SentLine));
        Assert.Equal(OutcomeKind.Ok, (await quiet).Kind);
    }

    [Fact]
    public async Task SendAsync_Answered_EndsOkWithTheResult()
    {
        using var fixture = new RequestClientFixture();
        Task<Outcome<CommandResult>> task = fixture.SendAsync("/찾기 나");
        Envelope envelope = fixture.SentEnvelope(0);
        Assert.Equal(RequestClientFixture.Requests, fixture.Transport.Sent[0].To);
        Assert.Equal("/찾기 나", fixture.SentLine(0));
        Assert.Equal(MessageKind.Request, envelope.Kind);
        Assert.Equal(RequestClientFixture.Generation, envelope.Generation);
        Assert.Equal(RequestClientFixture.Results.MType, envelope.ReplyMailbox);
        Assert.Equal(7, envelope.UserId);
        Assert.Equal(fixture.Time.NowNs + 3_000_000_000, envelope.DeadlineNs);
        Assert.False(task.IsCompleted);

        fixture.Answer(envelope, "same_map");

        // Inline: it is complete when the call that brought the result returns.
        Assert.True(task.IsCompleted);
        Outcome<CommandResult> outcome = await task;
        Assert.Equal(OutcomeKind.Ok, outcome.Kind);
        Assert.Equal("same_map", outcome.Result.Code);
        Assert.Equal(envelope.RequestId, outcome.RequestId);
        Assert.Equal(0, fixture.Client.InFlightCount);
        Assert.Equal((1, 1), (fixture.Client.Statistics.Accepted, fixture.Client.Statistics.Ok));
    }

    [Theory]
    [InlineData(WireFormat.Text)]
    [InlineData(WireFormat.Struct)]
    public async Task SendAsync_LineThatTheWireHasNoRoomFor_EndsTooLargeAndHoldsNothing(WireFormat wire)
    {
        using var fixture = new RequestClientFixture(codec: WireCodecs.For(wire));
        Outcome<CommandResult> outcome = await fixture.SendAsync(new string('가', 500));
        Assert.Equal((OutcomeKind.Error, OutcomeCodes.TooLarge), (outcome.Kind, outcome.Code));
        Assert.Equal(0, fixture.Client.InFlightCount);
        Assert.Empty(fixture.Transport.Sent);

        // The only place of the text wire is still free.
        Task<Outcome<CommandResult>> next = fixture.SendAsync("/찾기 나");
        fixture.Answer(fixture.SentEnvelope(0));
        Assert.True(next.IsCompleted);
        Assert.Equal(OutcomeKind.Ok, (await next).Kind);
    }

    [Fact]
    public async Task SendAsync_Unanswered_EndsUnknownWithinATickAndNotBefore()
    {
        using var fixture = new RequestClientFixture();
        Task<Outcome<CommandResult>> task = fixture.SendAsync("/찾기 나");
        fixture.Time.Advance(s_timeout - s_tick);
        Assert.False(task.IsCompleted);
        fixture.Time.Advance(s_tick * 2);
        Assert.True(task.IsCompleted);
        Outcome<CommandResult> outcome = await task;
        Assert.Equal((OutcomeKind.Unknown, OutcomeCodes.Deadline), (outcome.Kind, outcome.Code));

        fixture.Answer(fixture.SentEnvelope(0));
        Assert.Equal(1, fixture.Client.Statistics.Late);
        Assert.Equal(0, fixture.Client.Statistics.Ok);
    }

    [Theory]
    [InlineData(1, 0UL, 0UL)]
    [InlineData(0, 1UL, 0UL)]
    [InlineData(0, 0UL, 1UL)]
    public void OnFrame_AnyOfTheThreeMarksDiffers_IsDroppedAndCounted(int userIdOff, ulong generationOff, ulong requestIdOff)
    {
        using var fixture = new RequestClientFixture();
        Task<Outcome<CommandResult>> task = fixture.SendAsync("/찾기 나");
        Envelope envelope = fixture.SentEnvelope(0);
        fixture.Answer(
            envelope,
            userId: envelope.UserId + userIdOff,
            generation: envelope.Generation + generationOff,
            requestId: envelope.RequestId + requestIdOff);
        Assert.False(task.IsCompleted);
        RequestClientStatistics counts = fixture.Client.Statistics;
        Assert.Equal(((long)userIdOff, (long)generationOff, (long)requestIdOff), (counts.WrongUser, counts.Stale, counts.Late));

        fixture.Answer(envelope);
        Assert.True(task.IsCompleted);
    }

    [Fact]
    public void OnFrame_Duplicate_IsCountedLate()
    {
        using var fixture = new RequestClientFixture();
        _ = fixture.SendAsync("/찾기 나");
        Envelope envelope = fixture.SentEnvelope(0);
        fixture.Answer(envelope);
        fixture.Answer(envelope);
        Assert.Equal((1, 1), (fixture.Client.Statistics.Ok, fixture.Client.Statistics.Late));
    }

    [Fact]
    public async Task OnFrame_UnreadableBody_EndsUnknown()
    {
        using var fixture = new RequestClientFixture();
        Task<Outcome<CommandResult>> task = fixture.SendAsync("/찾기 나");
        using var frame = new PooledBuffer();
        Envelope envelope = fixture.SentEnvelope(0) with { Kind = MessageKind.Result, ReplyMailbox = 0 };
        fixture.Codec.WriteRaw(envelope, [0x93, 0xC0, 0xC0, 0xC0], frame);
        fixture.Client.OnFrame(frame.WrittenSpan);
        Outcome<CommandResult> outcome = await task;
        Assert.Equal((OutcomeKind.Unknown, OutcomeCodes.MalformedResult), (outcome.Kind, outcome.Code));
    }

    [Fact]
    public void OnFrame_Rubbish_IsCountedMalformed()
    {
        using var fixture = new RequestClientFixture();
        fixture.Client.OnFrame([]);
        fixture.Client.OnFrame([0xC1, 0xFF]);
        Assert.Equal(2, fixture.Client.Statistics.Malformed);
    }

    [Fact]
    public async Task SendAsync_Cancelled_FreesItsEntryAtOnceAndItsResultGoesNowhere()
    {
        using var fixture = new RequestClientFixture();
        using var gone = new CancellationTokenSource();
        Task<Outcome<CommandResult>> task = fixture.SendAsync("/찾기 나", cancellationToken: gone.Token);
        await gone.CancelAsync();
        Assert.Equal(0, fixture.Client.InFlightCount);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);

        Task<Outcome<CommandResult>> next = fixture.SendAsync("/찾기 너", userId: 8);
        fixture.Answer(fixture.SentEnvelope(0));
        Assert.False(next.IsCompleted);
        Assert.Equal((1, 1), (fixture.Client.Statistics.Cancelled, fixture.Client.Statistics.Late));
    }

    [Fact]
    public async Task SendAsync_TokenCancelledBefore_SendsNothing()
    {
        using var fixture = new RequestClientFixture();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fixture.SendAsync("/찾기 나", cancellationToken: new CancellationToken(canceled: true)));
        Assert.Empty(fixture.Transport.Sent);
    }

    [Fact]
    public async Task SendAsync_CancelledWhileBeingSent_EndsCancelled()
    {
        using var fixture = new RequestClientFixture();
        using var gone = new CancellationTokenSource();
        fixture.Transport.OnSending = _ => gone.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fixture.SendAsync("/찾기 나", cancellationToken: gone.Token));
        Assert.Equal(0, fixture.Client.InFlightCount);
    }

    [Fact]
    public void SendAsync_WindowUsedUp_WaitsHereAndGoesInOrderWhenAnswersCome()
    {
        using var fixture = new RequestClientFixture(new RequestClientOptions { WindowBytes = 1 << 20, WindowCount = 2 });
        Task<Outcome<CommandResult>>[] tasks = [.. Enumerable.Range(0, 6).Select(i => fixture.SendAsync($"/찾기 {i}"))];
        Assert.Equal(2, fixture.Transport.Sent.Count);
        for (int i = 0; i < tasks.Length; i++)
        {
            fixture.Answer(fixture.SentEnvelope(i));
            Assert.True(tasks[i].IsCompletedSuccessfully);
        }

        Assert.Equal(["/찾기 0", "/찾기 1", "/찾기 2", "/찾기 3", "/찾기 4", "/찾기 5"], Enumerable.Range(0, 6).Select(fixture.SentLine));
    }

    [Fact]
    public async Task SendAsync_BufferFullToo_IsBusyAtOnce()
    {
        using var fixture = new RequestClientFixture(new RequestClientOptions { WindowBytes = 1 << 20, WindowCount = 1, MaxPending = 1 });
        _ = fixture.SendAsync("/찾기 1");
        _ = fixture.SendAsync("/찾기 2");
        Task<Outcome<CommandResult>> third = fixture.SendAsync("/찾기 3");
        Assert.True(third.IsCompleted);
        Outcome<CommandResult> outcome = await third;
        Assert.Equal((OutcomeKind.Busy, OutcomeCodes.Overloaded), (outcome.Kind, outcome.Code));
        Assert.Equal(2, fixture.Client.InFlightCount);
    }

    [Fact]
    public async Task SendAsync_NeverSentUntilItsDeadline_IsBusyAndNotUnknown()
    {
        using var fixture = new RequestClientFixture();
        fixture.Transport.NextStatus = SendStatus.Full;
        Task<Outcome<CommandResult>> task = fixture.SendAsync("/찾기 나");
        Assert.False(task.IsCompleted);
        fixture.Time.Advance(s_timeout + (s_tick * 2));
        Outcome<CommandResult> outcome = await task;
        Assert.Equal((OutcomeKind.Busy, OutcomeCodes.Overloaded), (outcome.Kind, outcome.Code));
        Assert.Empty(fixture.Transport.Sent);
    }

    [Fact]
    public void SendAsync_TransportFull_IsSentWhenThereIsRoomAgain()
    {
        using var fixture = new RequestClientFixture();
        fixture.Transport.NextStatus = SendStatus.Full;
        _ = fixture.SendAsync("/찾기 1");
        _ = fixture.SendAsync("/찾기 2");
        Assert.Empty(fixture.Transport.Sent);
        fixture.Transport.NextStatus = SendStatus.Sent;
        fixture.Time.Advance(s_tick * 2);
        Assert.Equal(["/찾기 1", "/찾기 2"], Enumerable.Range(0, fixture.Transport.Sent.Count).Select(fixture.SentLine));
    }

    [Theory]
    [InlineData(SendStatus.Gone)]
    [InlineData(SendStatus.Refused)]
    public async Task SendAsync_MailboxNotThere_IsBusyAtOnce(SendStatus status)
    {
        using var fixture = new RequestClientFixture();
        fixture.Transport.NextStatus = status;
        Outcome<CommandResult> outcome = await fixture.SendAsync("/찾기 나");
        Assert.Equal((OutcomeKind.Busy, OutcomeCodes.PeerDown), (outcome.Kind, outcome.Code));
    }

    [Fact]
    public async Task SendAsync_RequestLargerThanAFrame_IsTooLarge()
    {
        using var fixture = new RequestClientFixture();
        Outcome<CommandResult> outcome = await fixture.SendAsync(new string('가', 5000));
        Assert.Equal((OutcomeKind.Error, OutcomeCodes.TooLarge), (outcome.Kind, outcome.Code));
        Assert.Equal(0, fixture.Client.InFlightCount);
    }

    [Fact]
    public async Task SendAsync_RequestThatCannotBeWritten_ThrowsAndKeepsNoPlace()
    {
        using var fixture = new RequestClientFixture();
        await Assert.ThrowsAsync<ArgumentException>(() => fixture.SendAsync("/찾기 \ud800"));
        Assert.Equal(0, fixture.Client.InFlightCount);
    }

    [Fact]
    public async Task SendAsync_TableFull_IsBusy()
    {
        using var fixture = new RequestClientFixture(new RequestClientOptions { WindowBytes = 1 << 20, MaxInFlight = 2 });
        _ = fixture.SendAsync("1");
        _ = fixture.SendAsync("2");
        Assert.Equal(OutcomeKind.Busy, (await fixture.SendAsync("3")).Kind);
    }

    [Fact]
    public void SendAsync_ReaderStopped_KeepsTheCreditOfWhatStillLiesInTheMailbox()
    {
        using var fixture = new RequestClientFixture(new RequestClientOptions { WindowBytes = 1 << 20, WindowCount = 1 });
        Task<Outcome<CommandResult>> first = fixture.SendAsync("/찾기 1");
        fixture.Transport.Depth = new MailboxDepth(1, fixture.Transport.Sent[0].Frame.Length);
        fixture.Time.Advance(s_timeout + (s_tick * 2));
        Assert.True(first.IsCompleted);

        Task<Outcome<CommandResult>> second = fixture.SendAsync("/찾기 2");
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(fixture.Transport.Sent);
        Assert.False(second.IsCompleted);

        fixture.Transport.Depth = default;
        fixture.Time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Equal(2, fixture.Transport.Sent.Count);
    }

    [Fact]
    public async Task EndAll_PeerGone_EndsTheSentAsUnknownAndTheWaitingAsBusy()
    {
        using var fixture = new RequestClientFixture(new RequestClientOptions { WindowBytes = 1 << 20, WindowCount = 1 });
        Task<Outcome<CommandResult>> sent = fixture.SendAsync("1");
        Task<Outcome<CommandResult>> waiting = fixture.SendAsync("2");
        fixture.Client.EndAll(RequestClientFixture.Requests, OutcomeCodes.PeerLost, OutcomeCodes.PeerDown);
        Assert.Equal((OutcomeKind.Unknown, OutcomeCodes.PeerLost), ((await sent).Kind, (await sent).Code));
        Assert.Equal((OutcomeKind.Busy, OutcomeCodes.PeerDown), ((await waiting).Kind, (await waiting).Code));
        Assert.Single(fixture.Transport.Sent);
    }

    [Fact]
    public async Task Close_MailboxOfALeavingReader_RefusesNewOnesAndLetsTheOthersGoOn()
    {
        using var fixture = new RequestClientFixture(new RequestClientOptions { WindowBytes = 1 << 20, WindowCount = 1 });
        Task<Outcome<CommandResult>> sent = fixture.SendAsync("1");
        Task<Outcome<CommandResult>> waiting = fixture.SendAsync("2");
        fixture.Client.Close(RequestClientFixture.Requests);

        Outcome<CommandResult> refused = await fixture.SendAsync("3");
        Assert.Equal((OutcomeKind.Busy, OutcomeCodes.PeerDown, 0UL), (refused.Kind, refused.Code, refused.RequestId));
        Assert.Equal(2, fixture.Client.CountTo(RequestClientFixture.Requests));

        fixture.Answer(fixture.SentEnvelope(0));
        Assert.Equal("2", fixture.SentLine(1));
        Assert.Equal(1, fixture.Client.CountTo(RequestClientFixture.Requests));
        fixture.Answer(fixture.SentEnvelope(1));
        Assert.Equal(0, fixture.Client.CountTo(RequestClientFixture.Requests));
        Assert.Equal((OutcomeKind.Ok, OutcomeKind.Ok), ((await sent).Kind, (await waiting).Kind));

        fixture.Client.Open(RequestClientFixture.Requests);
        Task<Outcome<CommandResult>> next = fixture.SendAsync("4");
        fixture.Answer(fixture.SentEnvelope(2));
        Assert.Equal(OutcomeKind.Ok, (await next).Kind);
    }

    [Fact]
    public async Task Send_HasWaitedElsewhere_ItsDeadlineIsThatMuchEarlier()
    {
        using var fixture = new RequestClientFixture();
        Task<Outcome<CommandResult>> fresh = fixture.SendAsync("1");
        Task<Outcome<CommandResult>> waited = fixture.Client.SendAsync<CommandRequest, CommandResult>(
            RequestClientFixture.Requests, 42, new CommandRequest("2"), parent: null, TimeSpan.FromSeconds(2), CancellationToken.None).AsTask();
        fixture.Time.Advance(TimeSpan.FromSeconds(1.1));
        Assert.Equal((OutcomeKind.Unknown, OutcomeCodes.Deadline), ((await waited).Kind, (await waited).Code));
        Assert.False(fresh.IsCompleted);
        fixture.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(OutcomeKind.Unknown, (await fresh).Kind);
    }

    [Fact]
    public async Task OnReset_MailboxLost_EndsTheSentAndSendsTheWaiting()
    {
        using var fixture = new RequestClientFixture(new RequestClientOptions { WindowBytes = 1 << 20, WindowCount = 1 });
        Task<Outcome<CommandResult>> sent = fixture.SendAsync("1");
        Task<Outcome<CommandResult>> waiting = fixture.SendAsync("2");
        fixture.Client.OnReset();
        Assert.Equal(OutcomeKind.Unknown, (await sent).Kind);
        fixture.Time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Equal("2", fixture.SentLine(1));
        fixture.Answer(fixture.SentEnvelope(1));
        Assert.Equal(OutcomeKind.Ok, (await waiting).Kind);
    }

    [Fact]
    public async Task OnReset_TextWireAnswerStillOwed_IsNotTakenForTheNextOnes()
    {
        using var fixture = new RequestClientFixture(codec: WireCodecs.For(WireFormat.Text));
        Task<Outcome<CommandResult>> first = fixture.SendAsync("1");
        fixture.Time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(OutcomeKind.Unknown, (await first).Kind);
        fixture.Client.OnReset();
        Task<Outcome<CommandResult>> second = fixture.SendAsync("2");
        fixture.Answer(new Envelope { Kind = MessageKind.Request }, code: "of the first");
        Assert.False(second.IsCompleted);
        fixture.Answer(new Envelope { Kind = MessageKind.Request }, code: "of the second");
        Assert.Equal("of the second", (await second).Result.Text);
    }

    [Fact]
    public async Task OnFrame_ResultWhoseMessageThrows_IsUnknownRatherThanSilent()
    {
        using var fixture = new RequestClientFixture();
        Task<Outcome<ThrowingResult>> sent = fixture.Client.SendAsync<CommandRequest, ThrowingResult>(
            RequestClientFixture.Requests, 7, new CommandRequest("1")).AsTask();
        fixture.Answer(fixture.SentEnvelope(0));
        Assert.True(sent.IsCompleted);
        Assert.Equal((OutcomeKind.Unknown, OutcomeCodes.MalformedResult), ((await sent).Kind, (await sent).Code));
    }

    [Fact]
    public async Task Tick_UnderWayWhenTheClientIsDisposed_IsQuiet()
    {
        var fixture = new RequestClientFixture(new RequestClientOptions { WindowBytes = 1 << 20 });
        fixture.Transport.NextStatus = SendStatus.Full;
        Task<Outcome<CommandResult>> waiting = fixture.SendAsync("1");
        fixture.Transport.OnSending = _ =>
        {
            fixture.Transport.OnSending = null;
            fixture.Dispose();
            throw new ObjectDisposedException("the transport");
        };
        fixture.Time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.True(waiting.IsCompleted);
        Assert.Equal(OutcomeCodes.Stopping, (await waiting).Code);
    }

    [Fact]
    public async Task Dispose_InFlight_EndsEachOnceAndRefusesFurtherOnes()
    {
        var fixture = new RequestClientFixture(new RequestClientOptions { WindowBytes = 1 << 20, WindowCount = 1 });
        Task<Outcome<CommandResult>> sent = fixture.SendAsync("1");
        Task<Outcome<CommandResult>> waiting = fixture.SendAsync("2");
        fixture.Dispose();
        Assert.Equal(OutcomeKind.Unknown, (await sent).Kind);
        Assert.Equal(OutcomeKind.Busy, (await waiting).Kind);
        Assert.Equal((OutcomeKind.Busy, OutcomeCodes.Stopping), ((await fixture.SendAsync("3")).Kind, (await fixture.SendAsync("3")).Code));
    }

    [Fact]
    public void SendAsync_IdsNearTheirEnd_GoRoundWithoutZeroAndWithoutRepeatingWithinATurn()
    {
        // Four slots take two bits of the id; this is two uses before the last.
        using var fixture = new RequestClientFixture(
            new RequestClientOptions { WindowBytes = 1 << 20, MaxInFlight = 4 }, firstUse: (ulong.MaxValue >> 2) - 2);
        var seen = new HashSet<ulong>();
        for (int i = 0; i < 40; i++)
        {
            _ = fixture.SendAsync("x");
            Envelope envelope = fixture.SentEnvelope(i);
            Assert.NotEqual(0UL, envelope.RequestId);
            Assert.True(seen.Add(envelope.RequestId));
            fixture.Answer(envelope);
        }

        Assert.Equal(40, fixture.Client.Statistics.Ok);
    }

    [Fact]
    public async Task OnFrame_ResultInParts_IsPutTogether()
    {
        using var fixture = new RequestClientFixture();
        Task<Outcome<CommandResult>> task = fixture.SendAsync("/누구");
        Envelope request = fixture.SentEnvelope(0);
        byte[] body = BodyOf(new string('나', 3000));
        SendParts(fixture, request, body, count: 3);
        Outcome<CommandResult> outcome = await task;
        Assert.Equal(OutcomeKind.Ok, outcome.Kind);
        Assert.Equal(3000, outcome.Result.Arguments[0].Length);
    }

    [Fact]
    public async Task OnFrame_PartsOverTwoWays_ArePutTogetherInTheirOrder()
    {
        using var fixture = new RequestClientFixture();
        Task<Outcome<CommandResult>> task = fixture.SendAsync("/누구");
        byte[] body = BodyOf(string.Concat(Enumerable.Range(0, 1000).Select(number => $"{number} ")));
        SendParts(fixture, fixture.SentEnvelope(0), body, count: 5, skip: 1);
        Assert.False(task.IsCompleted);
        SendParts(fixture, fixture.SentEnvelope(0), body, count: 5, only: 1);
        Outcome<CommandResult> outcome = await task;
        Assert.Equal(OutcomeKind.Ok, outcome.Kind);
        Assert.Equal(string.Concat(Enumerable.Range(0, 1000).Select(number => $"{number} ")), outcome.Result.Arguments[0]);
    }

    [Fact]
    public async Task OnFrame_APartComesTwice_EndsUnknown()
    {
        using var fixture = new RequestClientFixture();
        Task<Outcome<CommandResult>> task = fixture.SendAsync("/누구");
        SendParts(fixture, fixture.SentEnvelope(0), BodyOf("나"), count: 3, skip: 1);
        SendParts(fixture, fixture.SentEnvelope(0), BodyOf("나"), count: 3, only: 2);
        Outcome<CommandResult> outcome = await task;
        Assert.Equal((OutcomeKind.Unknown, OutcomeCodes.MalformedResult), (outcome.Kind, outcome.Code));
    }

    [Fact]
    public async Task OnFrame_PartsLargerThanAllowed_AreTooLarge()
    {
        using var fixture = new RequestClientFixture(new RequestClientOptions { WindowBytes = 12288, MaxResultBytes = 1024 });
        Task<Outcome<CommandResult>> task = fixture.SendAsync("/누구");
        SendParts(fixture, fixture.SentEnvelope(0), BodyOf(new string('나', 3000)), count: 3);
        Outcome<CommandResult> outcome = await task;
        Assert.Equal((OutcomeKind.Error, OutcomeCodes.TooLarge), (outcome.Kind, outcome.Code));
    }

    [Fact]
    public async Task TextWire_TimedOut_TakesNoLateAnswerForTheNextOnes()
    {
        using var fixture = new RequestClientFixture(codec: WireCodecs.For(WireFormat.Text));
        Task<Outcome<CommandResult>> first = fixture.SendAsync("first");
        Task<Outcome<CommandResult>> second = fixture.SendAsync("second");
        Assert.Single(fixture.Transport.Sent);
        fixture.Time.Advance(s_timeout + (s_tick * 2));
        Assert.Equal(OutcomeKind.Unknown, (await first).Kind);
        Assert.Equal(OutcomeKind.Busy, (await second).Kind);

        // Asked while the first answer is owed: it is not sent, or it would get that answer.
        Task<Outcome<CommandResult>> third = fixture.SendAsync("third");
        Assert.Single(fixture.Transport.Sent);
        fixture.Answer(default, "the first answer");
        Assert.False(third.IsCompleted);
        Assert.Equal("third", fixture.SentLine(1));
        fixture.Answer(default, "the third answer");
        Assert.Equal("the third answer", (await third).Result.Text);
        Assert.Equal(1, fixture.Client.Statistics.Late);
    }

    [Fact]
    public async Task TextWire_AnswerNeverComes_GoesOnAfterTheQuarantine()
    {
        using var fixture = new RequestClientFixture(codec: WireCodecs.For(WireFormat.Text));
        _ = fixture.SendAsync("first");
        fixture.Time.Advance(s_timeout + (s_tick * 2));
        fixture.Time.Advance(TimeSpan.FromSeconds(10));
        Task<Outcome<CommandResult>> next = fixture.SendAsync("next");
        Assert.Equal("next", fixture.SentLine(1));
        fixture.Answer(default, "answer");
        Assert.Equal("answer", (await next).Result.Text);
    }

    [Fact]
    public async Task TextWire_StartsInQuarantine_AnswersToAnEarlierAskerAreNobodys()
    {
        using var fixture = new RequestClientFixture(
            new RequestClientOptions { WindowBytes = 12288, StartsInQuarantine = true }, WireCodecs.For(WireFormat.Text));
        Task<Outcome<CommandResult>> first = fixture.SendAsync("first");
        Assert.Empty(fixture.Transport.Sent);
        fixture.Answer(default, "an answer to the process before");
        Assert.False(first.IsCompleted);
        fixture.Time.Advance(s_timeout + (s_tick * 2));
        Assert.Equal(OutcomeKind.Busy, (await first).Kind);

        // One answer does not prove that there is no other.
        Task<Outcome<CommandResult>> second = fixture.SendAsync("second");
        Assert.Empty(fixture.Transport.Sent);
        fixture.Answer(default, "another one");
        fixture.Time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(OutcomeKind.Busy, (await second).Kind);

        fixture.Time.Advance(TimeSpan.FromSeconds(4));
        Task<Outcome<CommandResult>> third = fixture.SendAsync("third");
        Assert.Equal("third", fixture.SentLine(0));
        fixture.Answer(default, "answer");
        Assert.Equal("answer", (await third).Result.Text);
        Assert.Equal(2, fixture.Client.Statistics.Late);
    }

    [Fact]
    public void StartsInQuarantine_OnAWireWithIds_MeansNothing()
    {
        using var fixture = new RequestClientFixture(new RequestClientOptions { WindowBytes = 12288, StartsInQuarantine = true });
        _ = fixture.SendAsync("first");
        Assert.Single(fixture.Transport.Sent);
    }

    [Fact]
    public async Task TextWire_PredecessorLeftSomethingInTheQueue_TakesNotItsAnswer()
    {
        using var fixture = new RequestClientFixture(codec: WireCodecs.For(WireFormat.Text));
        fixture.Transport.Depth = new MailboxDepth(Frames: 1, Bytes: 20);
        Task<Outcome<CommandResult>> first = fixture.SendAsync("first");
        Assert.Empty(fixture.Transport.Sent);
        fixture.Answer(default, "the answer of somebody before us");
        Assert.False(first.IsCompleted);
        Assert.Equal("first", fixture.SentLine(0));
        fixture.Answer(default, "the first answer");
        Assert.Equal("the first answer", (await first).Result.Text);
    }

    [Fact]
    public async Task TextWire_QueueNeverEmpties_GoesOnAfterTheQuarantine()
    {
        using var fixture = new RequestClientFixture(codec: WireCodecs.For(WireFormat.Text));
        fixture.Transport.Depth = new MailboxDepth(Frames: 1, Bytes: 20);
        Task<Outcome<CommandResult>> first = fixture.SendAsync("first");
        fixture.Time.Advance(s_timeout + (s_tick * 2));
        Assert.Equal(OutcomeKind.Busy, (await first).Kind);
        fixture.Time.Advance(TimeSpan.FromSeconds(10));
        _ = fixture.SendAsync("next");
        Assert.Equal("next", fixture.SentLine(0));
    }

    [Fact]
    public async Task StructWire_AnswerOfAnotherUser_IsDropped()
    {
        using var fixture = new RequestClientFixture(codec: WireCodecs.For(WireFormat.Struct));
        Task<Outcome<CommandResult>> task = fixture.SendAsync("/찾기 나");
        Envelope request = fixture.SentEnvelope(0);
        fixture.Answer(request, userId: 8);
        Assert.False(task.IsCompleted);
        fixture.Answer(request, "mine");
        Assert.Equal("mine", (await task).Result.Text);
        Assert.Equal(1, fixture.Client.Statistics.WrongUser);
    }

    private static byte[] BodyOf(string argument)
    {
        using var buffer = new PooledBuffer();
        var writer = new MessagePackWriter(buffer);
        ResultBody<CommandResult>.Ok(new CommandResult("who", "who", [argument], null)).Write(ref writer);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void SendParts(RequestClientFixture fixture, in Envelope request, byte[] body, int count, int skip = -1, int only = -1)
    {
        int partBytes = (body.Length + count - 1) / count;
        for (int i = 0; i < count; i++)
        {
            if (i == skip || (only >= 0 && i != only))
            {
                continue;
            }

            using var frame = new PooledBuffer();
            Envelope part = request with { Kind = MessageKind.Result, ReplyMailbox = 0, Part = new FramePart(i, count) };
            fixture.Codec.WriteRaw(part, body.AsSpan(i * partBytes, Math.Min(partBytes, body.Length - (i * partBytes))), frame);
            fixture.Client.OnFrame(frame.WrittenSpan);
        }
    }

    private readonly record struct ThrowingResult : IWireMessage<ThrowingResult>
    {
        public static int TypeNumber => CommandResult.TypeNumber;

        public static ThrowingResult Read(ref MessagePackReader reader) => throw new FormatException("a message's own check");

        public void Write(ref MessagePackWriter writer) => writer.WriteNil();
    }
}
