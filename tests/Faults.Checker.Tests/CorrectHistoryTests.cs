using Faults.Checker.History;

namespace Faults.Checker.Tests;

/// <summary>What is right must pass: a checker that always objects would prove nothing either.</summary>
public sealed class CorrectHistoryTests
{
    [Fact]
    public void Check_EveryKindOfEnd_Passes()
    {
        var story = new Story();
        story.Asks(1, out long ok).Asks(2, out long busy).Asks(1, out long lost).Asks(3, out long ran).Asks(4, out long left)
            .Runs(ok, user: 1).Tells(1, ok).Tells(2, busy, EndKind.Busy)
            .Runs(ran).Tells(4, left, EndKind.Cancelled)
            .Wait(2900).Tells(1, lost, EndKind.Unknown).Tells(3, ran, EndKind.Unknown);
        story.AssertPasses();
        CheckerReport report = story.Check();
        Assert.Equal((5, 2), (report.Asked, report.Executed));
        Assert.Equal(5, report.Ended.Values.Sum());
        Assert.Equal(2, report.Ended[EndKind.Unknown]);
    }

    [Fact]
    public void Check_ChatKilledWithOpenRequests_OwesNothing()
    {
        var story = new Story();
        story.Asks(1, out long first).Asks(2, out _).Runs(first)
            .Process(DaemonKind.Chat, Story.Chat, ProcessChange.Killed)
            .Process(DaemonKind.Chat, Story.NextChat, ProcessChange.Started)
            .Asks(1, out long next, Story.NextChat).Runs(next).Tells(1, next, chat: Story.NextChat);
        story.AssertPasses();
        Assert.Equal(2, story.Check().Excused);
    }

    [Fact]
    public void Check_AskerWithoutConnectionPastTheDeadline_MayBeToldWhenHeIsBack()
    {
        var story = new Story();
        story.Asks(1, out long request).Runs(request).Wait(9000).Tells(1, request, awayMs: 6000);
        story.AssertPasses();
    }

    [Fact]
    public void Check_ChatPausedPastTheDeadline_MayTellWhenItGoesOn()
    {
        var story = new Story();
        story.Asks(1, out long request)
            .Process(DaemonKind.Chat, Story.Chat, ProcessChange.Paused).Wait(30_000)
            .Process(DaemonKind.Chat, Story.Chat, ProcessChange.Resumed)
            .Tells(1, request, EndKind.Unknown);
        story.AssertPasses();
    }

    [Fact]
    public void Check_LineThatWaitedThroughAPause_HasItsDeadlineFromThen()
    {
        var story = new Story { Options = new CheckerOptions { IsTakenOnAfterPause = true } };
        story.Process(DaemonKind.Chat, Story.Chat, ProcessChange.Paused)
            .Asks(1, out long run).Asks(1, out long lost).Wait(30_000)
            .Process(DaemonKind.Chat, Story.Chat, ProcessChange.Resumed)
            .Runs(run).Tells(1, run).Wait(2900).Tells(1, lost, EndKind.Unknown);
        story.AssertPasses();
    }

    [Fact]
    public void Check_ChannelReplaced_ItsSuccessorRuns()
    {
        var story = new Story();
        story.Fault("kill").Process(DaemonKind.Channel, Story.Channel, ProcessChange.Killed).Fault("kill", isOver: true)
            .Process(DaemonKind.Channel, Story.NextChannel, ProcessChange.Started).Wait(1000).Recovers()
            .Asks(1, out long request).Runs(request, channel: Story.NextChannel).Tells(1, request);
        story.AssertPasses();
        Assert.Single(story.Check().RecoveriesNs);
    }

    [Fact]
    public void Check_NextFaultBeforeTheRecovery_CountsFromTheLast()
    {
        var story = new Story();
        story.Fault("pause").Fault("pause", isOver: true).Wait(4000)
            .Fault("kill").Fault("kill", isOver: true).Wait(4000).Recovers();
        story.AssertPasses();
    }

    [Fact]
    public void Check_ResourcesThatStay_Passes()
    {
        var story = new Story();
        for (int i = 0; i < 200; i++)
        {
            double bytes = (i < 15 ? 0 : 1000) + (i % 7);
            story.Add(at => new GrowthSampled(at, "channelD bytes", bytes)).Add(at => new DepthSampled(at, "requests", i, i, IsAtRest: false));
        }

        story.Add(at => new DepthSampled(at, "requests", 0, 0, IsAtRest: true)).AssertPasses();
    }

    [Fact]
    public void Check_SmallHeapWhosePoolsFill_Passes()
    {
        var story = new Story();
        for (int i = 0; i < 100; i++)
        {
            int kibibytes = 2000 + (30 * i);
            story.Add(at => new GrowthSampled(at, "chatD GC heap KiB", kibibytes));
        }

        story.AssertPasses();
    }
}
