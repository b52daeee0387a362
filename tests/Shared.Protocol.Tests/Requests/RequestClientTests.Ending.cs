using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.MessagePack;

namespace Shared.Protocol.Tests.Requests;

/// <content>How requests end otherwise than by a result.</content>
public sealed partial class RequestClientTests
{
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
    public async Task SendAsync_RequestThatCannotBeWritten_ThrowsAndKeepsNoPlace()
    {
        using var fixture = new RequestClientFixture();
        await Assert.ThrowsAsync<ArgumentException>(() => fixture.SendAsync("/찾기 \ud800"));
        Assert.Equal(0, fixture.Client.InFlightCount);
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

    private readonly record struct ThrowingResult : IWireMessage<ThrowingResult>
    {
        public static int TypeNumber => CommandResult.TypeNumber;

        public static ThrowingResult Read(ref MessagePackReader reader) => throw new FormatException("a message's own check");

        public void Write(ref MessagePackWriter writer) => writer.WriteNil();
    }
}
