using Faults.Checker.History;

namespace Faults.Checker.Tests;

/// <summary>One history for each way to break a rule: that rule objects, and no other.</summary>
public sealed class ViolatedInvariantTests
{
    private const string Outcome = "1 exactly one outcome in time";
    private const string Own = "2 own answers only";
    private const string Told = "3 executed as told";
    private const string InTime = "3 never executed past its deadline";
    private const string Order = "4 order of one sender";
    private const string Rest = "5 nothing waits at rest";
    private const string Slope = "7 no upward slope";
    private const string Recovery = "8 recovery in time";
    private const string Inert = "9 earlier runs are inert";

    private readonly Story _story = new();

    [Fact]
    public void Check_NoOutcome_Objects() =>
        _story.Asks(1, out long request).Runs(request).AssertObjects(Outcome, "No outcome");

    [Fact]
    public void Check_NoOutcomeInALongRun_ObjectsBeforeItsEnd()
    {
        _story.Asks(1, out _);
        for (int i = 0; i < 100; i++)
        {
            _story.Wait(1000).Asks(2, out long other).Tells(2, other, EndKind.Busy);
        }

        _story.AssertObjects(Outcome, "No outcome");
        Assert.True(_story.Check().Violations[0].AtNs < 30_000_000_000);
    }

    [Fact]
    public void Check_TwoOutcomes_Objects() =>
        _story.Asks(1, out long request).Runs(request).Tells(1, request).Tells(1, request).AssertObjects(Outcome, "second outcome");

    [Fact]
    public void Check_OutcomeAfterTheDeadlineAndATick_Objects() =>
        _story.Asks(1, out long request).Wait(3010).Tells(1, request, EndKind.Unknown).AssertObjects(Outcome, "too late");

    [Fact]
    public void Check_OutcomeLaterThanTheAskerWasAway_Objects() =>
        _story.Asks(1, out long request).Runs(request).Wait(9000).Tells(1, request, awayMs: 5000).AssertObjects(Outcome, "too late");

    [Fact]
    public void Check_OutcomeOfNothing_Objects() =>
        _story.Asks(1, out long request).Tells(1, request, EndKind.Busy).Tells(1, request + 1, EndKind.Busy).AssertObjects(Outcome, "nobody asked");

    [Fact]
    public void Check_AnswerOfAnother_Objects() =>
        _story.Asks(1, out long mine).Asks(2, out long other).Runs(mine).Runs(other).Tells(2, other)
            .Tells(1, mine, text: $"{Secret.Of(mine)} {Secret.Of(other)}").AssertObjects(Own, $"request {other}");

    [Fact]
    public void Check_AnswerWithoutTheSecret_Objects() =>
        _story.Asks(1, out long request).Runs(request).Tells(1, request, text: "somebody").AssertObjects(Own, "does not give");

    [Fact]
    public void Check_ToldToAnotherSession_Objects() =>
        _story.Asks(1, out long request).Runs(request).Tells(2, request).AssertObjects(Own, "Told to session 2");

    [Fact]
    public void Check_ToldByAnotherRun_Objects() =>
        _story.Asks(1, out long request).Runs(request).Tells(1, request, chat: Story.NextChat).AssertObjects(Own, "Told to session 1");

    [Fact]
    public void Check_OkWithoutExecution_Objects() =>
        _story.Asks(1, out long request).Tells(1, request).AssertObjects(Told, "never executed");

    [Fact]
    public void Check_ExecutedTwice_Objects() =>
        _story.Asks(1, out long request).Runs(request).Runs(request).Tells(1, request).AssertObjects(Told, "Executed again");

    [Fact]
    public void Check_BusyAndExecutedBefore_Objects() =>
        _story.Asks(1, out long request).Runs(request).Tells(1, request, EndKind.Busy).AssertObjects(Told, "Busy, and executed");

    [Fact]
    public void Check_BusyAndExecutedAfterwards_Objects()
    {
        _story.Asks(1, out long request).Tells(1, request, EndKind.Busy).Runs(request);
        Assert.All(_story.Check().Violations, violation => Assert.Equal(Told, violation.Invariant));
        Assert.Equal(2, _story.Check().ViolationCount);
    }

    [Fact]
    public void Check_ExecutedWithoutBeingAsked_Objects() => _story.Runs(7).AssertObjects(Told, "nobody asked it");

    [Fact]
    public void Check_ExecutedAsAnotherLine_Objects() =>
        _story.Asks(1, out long request).Runs(request, line: $"/이동 {Secret.Of(request)}").Tells(1, request).AssertObjects(Told, "Executed as");

    [Fact]
    public void Check_ExecutedForAnotherUser_Objects() =>
        _story.Asks(1, out long request).Runs(request, user: 2).Tells(1, request).AssertObjects(Told, "Executed for session 2");

    [Fact]
    public void Check_ExecutedAfterItsDeadline_Objects() =>
        _story.Asks(1, out long request).Wait(3000).Tells(1, request, EndKind.Unknown).Runs(request).AssertObjects(InTime, "after its deadline");

    [Fact]
    public void Check_ExecutedPastTheDeadlineAfterAPause_Objects()
    {
        var story = new Story { Options = new CheckerOptions { IsTakenOnAfterPause = true } };
        story.Process(DaemonKind.Chat, Story.Chat, ProcessChange.Paused).Asks(1, out long request)
            .Process(DaemonKind.Chat, Story.Chat, ProcessChange.Resumed)
            .Wait(2990).Tells(1, request, EndKind.Unknown).Wait(20).Runs(request).AssertObjects(InTime, "after its deadline");
    }

    [Fact]
    public void Check_ExecutedOutOfOrder_Objects() =>
        _story.Asks(1, out long first).Asks(1, out long second).Runs(second).Runs(first)
            .Tells(1, first, EndKind.Unknown).Tells(1, second).AssertObjects(Order, "Executed after a later");

    [Fact]
    public void Check_AnsweredOutOfOrder_Objects() =>
        _story.Asks(1, out long first).Asks(1, out long second).Runs(first).Runs(second)
            .Tells(1, second).Tells(1, first).AssertObjects(Order, "Answered after a later");

    [Fact]
    public void Check_DepthLeftAtRest_Objects() =>
        _story.Add(at => new DepthSampled(at, "the request queue", 1, 0, IsAtRest: true)).AssertObjects(Rest, "request queue");

    [Fact]
    public void Check_ResourceThatGrows_Objects()
    {
        for (int i = 0; i < 200; i++)
        {
            _story.Add(at => new GrowthSampled(at, "chatD fds", 100 + i));
        }

        _story.AssertObjects(Slope, "chatD fds");
    }

    [Fact]
    public void Check_NoRecovery_Objects() =>
        _story.Fault("ipcrm").Fault("ipcrm", isOver: true).AssertObjects(Recovery, "ipcrm");

    [Fact]
    public void Check_MemoryThatGrows_Objects()
    {
        for (int i = 0; i < 100; i++)
        {
            int kibibytes = 2000 + (100 * i);
            _story.Add(at => new GrowthSampled(at, "chatD GC heap KiB", kibibytes));
        }

        _story.AssertObjects(Slope, "chatD GC heap KiB");
    }

    [Fact]
    public void Check_RecoveryTooLate_Objects() =>
        _story.Fault("ipcrm").Fault("ipcrm", isOver: true).Wait(5000).Recovers().AssertObjects(Recovery, "Not recovered");

    [Fact]
    public void Check_NextFaultAfterALateRecovery_Objects() =>
        _story.Fault("first").Fault("first", isOver: true).Wait(5000)
            .Fault("second").Fault("second", isOver: true).Recovers().AssertObjects(Recovery, "'first'");

    [Fact]
    public void Check_FaultNeverOver_Objects() => _story.Fault("pause").AssertObjects(Recovery, "never over");

    [Fact]
    public void Check_DeadChannelExecutes_Objects() =>
        _story.Asks(1, out long request).Process(DaemonKind.Channel, Story.Channel, ProcessChange.Killed)
            .Runs(request).Tells(1, request, EndKind.Unknown).AssertObjects(Inert, "executed");

    [Fact]
    public void Check_StoppedChatTells_Objects() =>
        _story.Asks(1, out long request).Runs(request).Process(DaemonKind.Chat, Story.Chat, ProcessChange.Stopped)
            .Tells(1, request).AssertObjects(Inert, "told Ok");

    [Fact]
    public void Check_EarlierChatServedAfterItsSuccessor_Objects() =>
        _story.Asks(1, out long old).Process(DaemonKind.Chat, Story.Chat, ProcessChange.Killed)
            .Process(DaemonKind.Chat, Story.NextChat, ProcessChange.Started)
            .Asks(1, out long next, Story.NextChat).Runs(next).Tells(1, next, chat: Story.NextChat)
            .Runs(old).AssertObjects(Inert, "after its successor");
}
