using System.Runtime;
using System.Text.Encodings.Web;
using System.Text.Json;
using Measuring;

namespace PingPong;

/// <summary>
/// Measures the library and the C program in turn, so that whatever else the machine does meets both alike. The library's two processes
/// live through all rounds and sleep in their queues meanwhile, as daemons do.
/// </summary>
internal static class Benchmark
{
    // Code is compiled again with what was learnt of its first runs, in the background: on a busy machine that takes its time.
    private const double WarmUpStepSeconds = 1;
    private const int QuietWarmUpSteps = 2;
    private const int MaxWarmUpSteps = 20;

    private static readonly JsonSerializerOptions s_json =
        new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Runs, prints and writes.</summary>
    internal static async Task<int> RunAsync(BenchmarkOptions options, CancellationToken cancellationToken)
    {
        using CPingPong? c = await CPingPong.TryCompileAsync(cancellationToken);
        int key = FreeKey.Find(BenchmarkOptions.KeyCount);
        Report report;
        await using (AnsweringProcess answerer = await AnsweringProcess.StartAsync(key))
        await using (var asker = new Asker(key, options.Results))
        {
            await WarmUpAsync(asker, answerer, window: 1, cancellationToken);
            await WarmUpAsync(asker, answerer, options.Window, cancellationToken);
            report = new Report(
                Machine.Read(),
                options.Rounds,
                options.Seconds,
                Example.RequestBytes,
                Example.ResultBytes,
                Example.ResultObjectBytes,
                Example.RequestObjectBytes,
                await CompareAsync(window: 1),
                await CompareAsync(options.Window));

            async Task<Comparison> CompareAsync(int window)
            {
                List<Measurement> library = [];
                List<Measurement> baseline = [];
                for (int round = 0; round < options.Rounds; round++)
                {
                    if (c is not null)
                    {
                        baseline.Add(await c.MeasureAsync(key + 2, window, options.Seconds, cancellationToken));
                    }

                    library.Add(await asker.MeasureAsync(answerer, window, options.Seconds, cancellationToken));
                }

                return new Comparison(window, library, baseline);
            }
        }

        await Console.Out.WriteAsync(report.ToText());
        if (options.JsonPath is { } path)
        {
            await File.WriteAllTextAsync(path, JsonSerializer.Serialize(report, s_json) + "\n", cancellationToken);
        }

        return 0;
    }

    /// <summary>Asks until nothing is compiled any more. The answering process has no more to compile than this one.</summary>
    private static async Task WarmUpAsync(Asker asker, AnsweringProcess answerer, int window, CancellationToken cancellationToken)
    {
        long compiled = -1;
        int quietSteps = 0;
        for (int step = 0; step < MaxWarmUpSteps && quietSteps < QuietWarmUpSteps; step++)
        {
            await asker.MeasureAsync(answerer, window, WarmUpStepSeconds, cancellationToken);
            quietSteps = JitInfo.GetCompiledMethodCount() == compiled ? quietSteps + 1 : 0;
            compiled = JitInfo.GetCompiledMethodCount();
        }
    }
}
