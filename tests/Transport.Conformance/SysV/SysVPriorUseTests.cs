using Shared.Protocol.Transport.SysV;
using Testing.Support.Ipc;

namespace Transport.Conformance.SysV;

public sealed class SysVPriorUseTests : SysVTestBase
{
    private static readonly TimeSpan s_while = TimeSpan.FromMinutes(10);

    [Fact]
    public void Read_NoQueueOrAnUnusedOne_IsNotRecent()
    {
        Assert.Equal(default, SysVPriorUse.Read(Keys.RequestKey));
        _ = RawQueue.OpenOrCreate(Keys.RequestKey);

        Assert.Equal(default, SysVPriorUse.Read(Keys.RequestKey));
        Assert.False(SysVPriorUse.Read(Keys.RequestKey).IsRecent(DateTimeOffset.UtcNow, s_while));
    }

    [Fact]
    public void Read_QueueThatWasUsed_IsRecentForAWhile()
    {
        RawQueue queue = RawQueue.OpenOrCreate(Keys.RequestKey);
        queue.Send(1, "x"u8);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        Assert.True(SysVPriorUse.Read(Keys.RequestKey).IsRecent(now.AddDays(1), s_while), "A message lies there.");
        _ = queue.TryReceive(1);

        SysVPriorUse use = SysVPriorUse.Read(Keys.RequestKey);
        Assert.Equal(0, use.Messages);
        Assert.True(use.IsRecent(now, s_while));
        Assert.True(use.IsRecent(now.AddHours(-1), s_while), "The clock was set back.");
        Assert.False(use.IsRecent(now.AddDays(1), s_while));
    }
}
