using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;

namespace Shared.Protocol.Tests.Requests;

/// <content>What becomes of requests for which there is no room.</content>
public sealed partial class RequestClientTests
{
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
}
