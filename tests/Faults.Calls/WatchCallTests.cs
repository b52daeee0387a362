namespace Faults.Calls;

/// <summary>The calls by which the keeper looks after its queues fail once, under load.</summary>
public sealed class WatchCallTests : RunTests
{
    [Theory]
    [InlineData(CallKind.QueueStat)]
    [InlineData(CallKind.SetGetValue)]
    public Task Call_FailsOnceUnderLoad_EveryRequestHasItsOutcome(CallKind kind) =>
        JudgeAsync(singleQueue: false, pair => FailEachAsync(pair, kind, calls: 1));
}
