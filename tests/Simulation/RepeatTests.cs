using Testing.Support.Processes;
using Xunit.Abstractions;

namespace Simulation;

/// <summary>A seed that failed is worth something only if it fails again: the same seed is the same trace, to the last byte, whatever else runs.</summary>
public sealed class RepeatTests(ITestOutputHelper output)
{
    private const int Seeds = 200;

    private static readonly Lazy<SimResult[]> s_results =
        new(() => [.. FirstSeeds().Select(seed => SeedRunner.Run(seed, isTraced: true))]);

    [Fact]
    public void Run_SameSeedTwice_IsTheSameTrace()
    {
        ulong all = 0;
        foreach (ulong seed in FirstSeeds())
        {
            AssertSame(seed, SeedRunner.Run(seed, isTraced: true));
            all = (all * 31) + Expected(seed).Hash;
        }

        // The same in every process, for who compares by hand.
        output.WriteLine($"{all:x16}");
    }

    [Fact]
    public void Run_WithBusyThreadPool_IsTheSameTrace()
    {
        _ = s_results.Value;
        bool isOver = false;
        Task[] load = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(Burn))];
        try
        {
            foreach (ulong seed in FirstSeeds())
            {
                AssertSame(seed, SeedRunner.Run(seed, isTraced: true));
            }
        }
        finally
        {
            Volatile.Write(ref isOver, true);
        }

        Assert.All(load, task => Assert.False(task.IsFaulted));

        // What hopped there would come late, and at another time in every run.
        void Burn()
        {
            while (!Volatile.Read(ref isOver))
            {
                Thread.SpinWait(1000);
            }
        }
    }

    [Fact]
    public async Task Run_InAnotherProcess_IsTheSameTrace()
    {
        const ulong Seed = 7;
        using var other = new ChildProcess("dotnet", Path.Combine(AppContext.BaseDirectory, "Simulation.dll"), "--trace", $"{Seed}");
        Assert.Equal(0, await other.EndAsync());
        Assert.StartsWith(Expected(Seed).Trace, other.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WithoutTrace_IsTheSameHistory() =>
        Assert.All(FirstSeeds(), seed => Assert.Equal(Expected(seed).Hash, SeedRunner.Run(seed).Hash));

    [Fact]
    public void Run_OtherSeed_IsAnotherHistory() =>
        Assert.Equal(Seeds, s_results.Value.Select(result => result.Hash).Distinct().Count());

    private static IEnumerable<ulong> FirstSeeds() => Enumerable.Range(1, Seeds).Select(seed => (ulong)seed);

    private static SimResult Expected(ulong seed) => s_results.Value[seed - 1];

    private static void AssertSame(ulong seed, SimResult actual)
    {
        SimResult expected = Expected(seed);
        Assert.True(expected.Trace.Length > 1000, $"Seed {seed} has hardly a trace.");
        Assert.Equal(expected.Trace, actual.Trace, StringComparer.Ordinal);
        Assert.Equal(expected.Hash, actual.Hash);
        Assert.Equal(expected.Violations, actual.Violations);
    }
}
