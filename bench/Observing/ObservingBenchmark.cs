using Measuring;

namespace Observing;

/// <summary>
/// What it costs to be watched: pairs of daemons that run side by side and differ in nothing else, under load in turn. A round's figures are compared with
/// those of the same round, for whatever else the machine does hits all of them alike.
/// </summary>
internal static class ObservingBenchmark
{
    /// <summary>Runs and prints.</summary>
    internal static async Task RunAsync(ObservingOptions options, CancellationToken cancellationToken)
    {
        var machine = Machine.Read();
        await WriteAsync($"{machine.Processor}, {machine.Cores} cores · {machine.Kernel} · {machine.Runtime} · load {machine.LoadAverage}");
        await WriteAsync($"{options.Clients} players with {options.Pipeline} lines under way each, /찾기 · {options.Rounds} rounds of {options.Seconds} s each in turn, medians");
        await using Collector collector = await Collector.StartAsync();
        List<ObservedPair> pairs = [];
        try
        {
            foreach (Variant variant in Variant.All(collector.Endpoint))
            {
                pairs.Add(await ObservedPair.StartAsync(variant));
            }

            foreach (ObservedPair pair in pairs)
            {
                _ = await pair.MeasureAsync(options, options.WarmUpSeconds, cancellationToken);
            }

            var samples = pairs.Select(_ => new List<Sample>()).ToArray();
            for (int round = 0; round < options.Rounds; round++)
            {
                for (int i = 0; i < pairs.Count; i++)
                {
                    // Each begins a round in its turn: what comes behind a pause is not always the same one.
                    int turn = (round + i) % pairs.Count;
                    samples[turn].Add(await pairs[turn].MeasureAsync(options, options.Seconds, cancellationToken));
                }

                await WriteAsync($"round {round + 1}: {string.Join("  ", samples.Select(of => FormattableString.Invariant($"{of[^1].LinesPerSecond:F0}/s")))}");
            }

            await ReportAsync(pairs, samples);
            await WriteAsync($"{collector.SpanBytes / 1024} KiB of spans came to the collector");
        }
        finally
        {
            pairs.ForEach(pair => pair.Dispose());
        }
    }

    private static async Task ReportAsync(List<ObservedPair> pairs, List<Sample>[] samples)
    {
        await WriteAsync($"");
        await WriteAsync($"{"watched by",-21}{"lines/s",10}{"p50 µs",10}{"p99 µs",10}{"CPU µs/line",13}   lines/s and CPU, next to off in the same round");
        for (int i = 0; i < pairs.Count; i++)
        {
            IReadOnlyList<double> rates = Ratios(samples, i, sample => sample.LinesPerSecond);
            IReadOnlyList<double> costs = Ratios(samples, i, sample => sample.CpuUsPerLine);
            await WriteAsync(
                $"{pairs[i].Variant.Name,-21}{Medians.Of(samples[i], s => s.LinesPerSecond),10:F0}{Medians.Of(samples[i], s => s.P50Us),10:F0}{Medians.Of(samples[i], s => s.P99Us),10:F0}{Medians.Of(samples[i], s => s.CpuUsPerLine),13:F2}   {Medians.Middle(rates):F3} ({rates[0]:F3} to {rates[^1]:F3})   {Medians.Middle(costs):F3} ({costs[0]:F3} to {costs[^1]:F3})");
        }
    }

    private static IReadOnlyList<double> Ratios(List<Sample>[] samples, int variant, Func<Sample, double> figure) =>
        [.. samples[variant].Zip(samples[0], (one, off) => figure(one) / figure(off)).Order()];

    private static Task WriteAsync(FormattableString line) => Console.Out.WriteLineAsync(FormattableString.Invariant(line));
}
