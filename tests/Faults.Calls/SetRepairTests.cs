namespace Faults.Calls;

/// <summary>The repair of a queue and the semaphore set at once.</summary>
public sealed class SetRepairTests : RepairTests
{
    [Theory]
    [InlineData(CallKind.SetGet)]
    [InlineData(CallKind.SetOperate)]
    [InlineData(CallKind.SetStat)]
    [InlineData(CallKind.SetGetValue)]
    public Task Repair_CallFailsOnce_PairGoesOn(CallKind kind) => RepairAsync(kind, removesSet: true);
}
