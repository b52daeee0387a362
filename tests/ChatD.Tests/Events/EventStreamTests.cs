using ChatD.Events;

namespace ChatD.Tests.Events;

public sealed class EventStreamTests
{
    private readonly EventStream _stream = new();

    [Fact]
    public void TryTake_InOrder_LosesNothing()
    {
        Assert.Equal(new ulong?[] { 0, 0, 0 }, new[] { Take(7, 1), Take(7, 2), Take(7, 3) });
    }

    [Fact]
    public void TryTake_BehindAGap_TellsHowMany()
    {
        Assert.Equal(new ulong?[] { 0, 3, 0 }, new[] { Take(7, 1), Take(7, 5), Take(7, 6) });
    }

    [Fact]
    public void TryTake_FirstOfARun_IsTheFirstOrSomeAreLost()
    {
        Assert.Equal(new ulong?[] { 0, 0, 4 }, new[] { Take(7, 1), Take(8, 1), Take(9, 5) });
    }

    [Fact]
    public void TryTake_Old_IsRefused()
    {
        _ = Take(7, 3);
        Assert.Null(Take(7, 3));
        Assert.Null(Take(7, 1));
        Assert.Equal(0UL, Take(7, 4));
    }

    private ulong? Take(ulong generation, ulong number) => _stream.TryTake(generation, number, out ulong lost) ? lost : null;
}
