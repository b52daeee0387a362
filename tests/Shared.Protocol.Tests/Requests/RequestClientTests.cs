using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.CPrograms;
using Shared.Protocol.Requests;
using Shared.Protocol.Wire;

namespace Shared.Protocol.Tests.Requests;

public sealed partial class RequestClientTests
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMilliseconds(3000);
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(10);

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

    [Fact]
    public async Task SendAsync_RequestLargerThanAFrame_IsTooLarge()
    {
        using var fixture = new RequestClientFixture();
        Outcome<CommandResult> outcome = await fixture.SendAsync(new string('가', 5000));
        Assert.Equal((OutcomeKind.Error, OutcomeCodes.TooLarge), (outcome.Kind, outcome.Code));
        Assert.Equal(0, fixture.Client.InFlightCount);
    }
}
