using IpcBench.Reporting;
using IpcBench.Running;
using Measuring;

namespace IpcBench;

/// <summary>From options to a report.</summary>
internal static class Benchmark
{
    /// <summary>Compiles the C program, measures, and compares.</summary>
    internal static async Task<Report> MeasureAsync(IpcBenchOptions options, CancellationToken cancellationToken)
    {
        DateTimeOffset startedAt = TimeProvider.System.GetLocalNow();

        // Before anything runs: the load is to be that of others.
        Machine machine = Machine.Read();
        using CProgram? c = await CProgram.TryCompileAsync("ipc_bench", CSubject.Sources, cancellationToken);
        var progress = new Progress(Console.Error, !Console.IsErrorRedirected, options.CountSteps(c is not null));
        var runner = new Runner(options, c, progress);
        await runner.RunAsync(cancellationToken);
        return Report.From(options, c is not null, startedAt, machine, runner.Rows, runner.Skipped);
    }
}
