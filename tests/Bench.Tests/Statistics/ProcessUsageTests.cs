using System.Diagnostics;
using Measuring;

namespace Bench.Tests.Statistics;

public sealed class ProcessUsageTests
{
    [Fact]
    public void AtEnd_AfterWork_HasMoreOfAll()
    {
        ProcessUsage before = ProcessUsage.AtStart();
        byte[][] kept = [.. Enumerable.Range(0, 100).Select(_ => new byte[1000])];
        long startedAt = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(startedAt) < TimeSpan.FromMilliseconds(20))
        {
            Thread.Yield();
        }

        using (var pause = new ManualResetEventSlim())
        {
            pause.Wait(TimeSpan.FromMilliseconds(5));
        }

        ProcessUsage used = ProcessUsage.AtEnd() - before;
        Assert.True(used.AllocatedBytes >= kept.Length * 1000, $"{used}");
        Assert.True(used.CpuNs > 0, $"{used}");
        Assert.True(used.Switches > 0, $"{used}");
    }

    [Fact]
    public void AtEnd_ThreadHasEndedMeanwhile_StillHasItsSwitches()
    {
        const int Waits = 20;
        using var started = new ManualResetEventSlim();
        using var measuring = new ManualResetEventSlim();
        var thread = new Thread(() =>
        {
            using var never = new SemaphoreSlim(0);
            for (int i = 0; i < Waits; i++)
            {
                _ = never.Wait(1);
            }

            started.Set();
            measuring.Wait();
        });
        thread.Start();
        started.Wait();
        ProcessUsage before = ProcessUsage.AtStart();
        measuring.Set();
        thread.Join();
        Assert.True((ProcessUsage.AtEnd() - before).Switches >= 0);
    }

    [Fact]
    public void Of_ThisProcess_HasRun() => Assert.True(ProcessUsage.Of(Environment.ProcessId) is { CpuNs: > 0, Switches: > 0 });

    [Fact]
    public void Of_ProcessThatIsNotThere_IsNothing() => Assert.Equal(default, ProcessUsage.Of(int.MaxValue));
}
