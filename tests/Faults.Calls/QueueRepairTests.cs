namespace Faults.Calls;

/// <summary>The repair of a queue.</summary>
public sealed class QueueRepairTests : RepairTests
{
    [Theory]
    [InlineData(CallKind.QueueGet)]
    [InlineData(CallKind.QueueStat)]
    [InlineData(CallKind.SetOperate)]
    [InlineData(CallKind.SetSetValue)]
    [InlineData(CallKind.SetGetValue)]
    public Task Repair_CallFailsOnce_PairGoesOn(CallKind kind) => RepairAsync(kind, removesSet: false);
}
