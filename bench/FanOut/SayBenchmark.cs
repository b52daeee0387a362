using System.Diagnostics;

namespace FanOut;

/// <summary>
/// One line said into a full map. First one at a time: from the sending of the line to the last receipt. Then several under way: how many
/// messages reach players in a second.
/// </summary>
internal static class SayBenchmark
{
    /// <summary>Runs and prints.</summary>
    internal static async Task RunAsync(FanOutOptions options, CancellationToken cancellationToken)
    {
        using Daemons daemons = await Daemons.StartAsync(options);
        long says = 1;
        long frames;
        await using (Crowd crowd = await Crowd.EnterAsync(daemons, options))
        {
            await WarmUpAsync(crowd, options);
            says += options.Says;
            await Console.Out.WriteLineAsync($"{options.Players} players in one map, on {options.Chats} chatDs; {crowd.Hearers} hear each line");
            await Console.Out.WriteLineAsync("round   p50 ms   p99 ms   deliveries/s   lines/s");
            var rounds = new List<Round>();
            for (int number = 1; number <= options.Rounds; number++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Round round = await MeasureAsync(crowd, options);
                says += 2 * options.Says;
                rounds.Add(round);
                await Console.Out.WriteLineAsync($"{number,5} {round}");
            }

            var median = new Round(
                Median(rounds.Select(round => round.P50Ms)),
                Median(rounds.Select(round => round.P99Ms)),
                Median(rounds.Select(round => round.DeliveriesPerSecond)),
                Median(rounds.Select(round => round.LinesPerSecond)));
            await Console.Out.WriteLineAsync($"    ~ {median}   (medians)");
        }

        frames = await daemons.StopAsync();
        await Console.Out.WriteLineAsync(FormattableString.Invariant($"frames from channelD for each line: {(double)frames / says:F2}"));
    }

    internal static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static async Task WarmUpAsync(Crowd crowd, FanOutOptions options)
    {
        for (int i = 0; i < options.Says; i++)
        {
            await crowd.SayAsync();
        }
    }

    private static async Task<Round> MeasureAsync(Crowd crowd, FanOutOptions options)
    {
        var timesMs = new List<double>();
        for (int i = 0; i < options.Says; i++)
        {
            long sentAt = Stopwatch.GetTimestamp();
            await crowd.SayAsync();
            timesMs.Add(Stopwatch.GetElapsedTime(sentAt).TotalMilliseconds);
        }

        timesMs.Sort();
        long receipts = crowd.Receipts;
        long beganAt = Stopwatch.GetTimestamp();
        int left = options.Says;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(options.Window, options.Says)).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await crowd.SayAsync();
            }
        }));
        double seconds = Stopwatch.GetElapsedTime(beganAt).TotalSeconds;
        return new Round(
            timesMs[timesMs.Count / 2], timesMs[(int)(0.99 * (timesMs.Count - 1))], (crowd.Receipts - receipts) / seconds, options.Says / seconds);
    }

    private readonly record struct Round(double P50Ms, double P99Ms, double DeliveriesPerSecond, double LinesPerSecond)
    {
        public override string ToString() =>
            FormattableString.Invariant($"{P50Ms,8:F2} {P99Ms,8:F2} {DeliveriesPerSecond,14:F0} {LinesPerSecond,9:F1}");
    }
}
