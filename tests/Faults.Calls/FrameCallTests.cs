namespace Faults.Calls;

/// <summary>The calls that carry frames fail once, under load.</summary>
public sealed class FrameCallTests : RunTests
{
    [Theory]
    [InlineData(CallKind.QueueSend, false)]
    [InlineData(CallKind.QueueSend, true)]
    [InlineData(CallKind.QueueReceive, false)]
    [InlineData(CallKind.QueueReceive, true)]
    public Task Call_FailsOnceUnderLoad_EveryRequestHasItsOutcome(CallKind kind, bool singleQueue) =>
        JudgeAsync(singleQueue, pair => FailEachAsync(pair, kind, calls: 3));
}
