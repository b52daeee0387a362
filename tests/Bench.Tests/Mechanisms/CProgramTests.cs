using IpcBench.Exchanging;
using IpcBench.Mechanisms;
using IpcBench.Running;
using Measuring;
using Testing.Support.CCompiler;

namespace Bench.Tests.Mechanisms;

public sealed class CProgramTests
{
    public static TheoryData<string> Ids() => [.. MechanismCatalogue.All.Where(mechanism => mechanism.HasC && mechanism.MissingReason is null).Select(mechanism => mechanism.Id)];

    [RequiresCCompilerTheory]
    [MemberData(nameof(Ids))]
    public async Task Measure_AllSizesAndNumbersInFlight_HasAllFiguresAndLeavesNothing(string id)
    {
        Mechanism mechanism = MechanismCatalogue.Get(id, Side.DotNet);
        using CProgram program = (await CProgram.TryCompileAsync("ipc_bench", CSubject.Sources, CancellationToken.None))!;
        var leftovers = new List<Leftovers>();
        var subject = new CSubject(program, mechanism) { Placed = place => leftovers.Add(new Leftovers(place)) };
        foreach ((int size, int inFlight) in new[] { (64, 1), (1024, 64), (8192, 1024) })
        {
            Sample sample = await subject.MeasureAsync(new Load(size, inFlight, Seconds: 0.05), CancellationToken.None);
            SampleAssert.IsSound(sample, inFlight);
            Assert.Equal(0, sample.AllocatedBytes);
        }

        Assert.Equal(3, leftovers.Count);
        Assert.All(leftovers, left => Assert.Empty(left.Find()));
    }

    [RequiresCCompilerFact]
    public async Task Run_WrongUsage_SaysSo()
    {
        using CProgram program = (await CProgram.TryCompileAsync("ipc_bench", CSubject.Sources, CancellationToken.None))!;
        InvalidOperationException failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => program.RunAsync(["sysv"], TimeSpan.FromSeconds(20), CancellationToken.None));
        Assert.Contains("usage:", failure.Message, StringComparison.Ordinal);
    }
}
