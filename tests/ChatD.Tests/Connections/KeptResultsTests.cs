using System.Buffers;
using ChatD.Connections;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;

namespace ChatD.Tests.Connections;

public sealed class KeptResultsTests
{
    private static readonly int s_resultBytes = KeptResults.SizeOf(Result(1));

    [Fact]
    public void Confirm_SomeLines_ForgetsThoseAndTheirBytes()
    {
        var kept = new KeptResults(10 * s_resultBytes);
        for (ulong id = 1; id <= 5; id++)
        {
            kept.Add(Result(id));
        }

        kept.Confirm(3);
        Assert.Equal([4UL, 5], kept.ToArray().Select(result => result.LineId));
        Assert.Equal(2 * s_resultBytes, kept.Bytes);
        Assert.Equal(0UL, kept.LastLostLineId);
        kept.Confirm(ulong.MaxValue);
        Assert.Equal(0, kept.Bytes);
    }

    [Fact]
    public void Add_Full_DropsTheOldestAndKnowsWhich()
    {
        var kept = new KeptResults(3 * s_resultBytes);
        for (ulong id = 1; id <= 5; id++)
        {
            kept.Add(Result(id));
        }

        Assert.Equal([3UL, 4, 5], kept.ToArray().Select(result => result.LineId));
        Assert.Equal(2UL, kept.LastLostLineId);
    }

    [Fact]
    public void Add_OneLargerThanAllRoom_IsKeptAlone()
    {
        var kept = new KeptResults(s_resultBytes);
        kept.Add(Result(1));
        kept.Add(Result(2) with { Text = new string('가', 1000) });
        Assert.Equal(2UL, Assert.Single(kept.ToArray()).LineId);
        Assert.Equal(1UL, kept.LastLostLineId);
        kept.Add(Result(3));
        Assert.Equal(3UL, Assert.Single(kept.ToArray()).LineId);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("가나다", 3)]
    [InlineData("\U0001F600", 40)]
    public void SizeOf_AnyResult_IsAtLeastItsFrame(string text, int arguments)
    {
        var result = new ServerResult(
            ulong.MaxValue, ulong.MaxValue, text, OutcomeKind.Unknown, text, text, [.. Enumerable.Repeat(text, arguments)]);
        var frame = new ArrayBufferWriter<byte>();
        PlayerFraming.WriteFrame(frame, result);
        Assert.True(KeptResults.SizeOf(result) >= frame.WrittenCount);
    }

    private static ServerResult Result(ulong id) => new(id, 0, "find", OutcomeKind.Ok, "not_found", "나님을 찾을 수 없습니다.", ["나"]);
}
