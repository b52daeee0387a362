using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Requests;
using Shared.Protocol.Wire;

namespace Shared.Protocol.Tests.Requests;

/// <content>Which result is whose.</content>
public sealed partial class RequestClientTests
{
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
    public void OnFrame_Rubbish_IsCountedMalformed()
    {
        using var fixture = new RequestClientFixture();
        fixture.Client.OnFrame([]);
        fixture.Client.OnFrame([0xC1, 0xFF]);
        Assert.Equal(2, fixture.Client.Statistics.Malformed);
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
}
