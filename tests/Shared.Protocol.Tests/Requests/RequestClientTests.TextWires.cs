using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.CPrograms;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;

namespace Shared.Protocol.Tests.Requests;

/// <content>The wires without ids.</content>
public sealed partial class RequestClientTests
{
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
}
