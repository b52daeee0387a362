using System.Diagnostics;
using System.Text.Json;
using IpcBench.Exchanging;
using IpcBench.Mechanisms;
using Measuring;

namespace IpcBench.Processes;

/// <summary>This program as one side of a mechanism.</summary>
internal static class ChildProgram
{
    // As in the C program: a tenth of the time before anything is counted.
    private const double WarmUpShare = 0.1;

    // Less than whoever started this process waits before it ends it by force.
    private static readonly TimeSpan s_closeDeadline = TimeSpan.FromSeconds(2);

    /// <summary>Runs until the input ends. Never returns, for a thread may wait in the kernel.</summary>
    internal static async Task RunAsync(ChildArguments arguments)
    {
        Mechanism mechanism = MechanismCatalogue.Get(arguments.Id, arguments.Side);
        var input = new InputLines();
        int exitCode = 1;
        try
        {
            Task work = arguments.IsAnswerer ? AnswerAsync(mechanism, arguments.Place, input) : AskAsync(mechanism, arguments.Place, input);
            if (await Task.WhenAny(work, input.Ended) == work || await ClosesAsync(work))
            {
                await work;
            }

            exitCode = 0;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            await Console.Error.WriteLineAsync($"{exception.GetType().Name}: {exception.Message}");
        }

        // Whoever started this process does the same; unless it was killed.
        mechanism.Remove(arguments.Place);
        Environment.Exit(exitCode);
    }

    /// <summary>Whether it closes what it has opened, or is opening, in time. Removed under it, the library would take it for a loss, and make it anew.</summary>
    private static async Task<bool> ClosesAsync(Task work) => await Task.WhenAny(work, Task.Delay(s_closeDeadline)) == work;

    private static async Task AnswerAsync(Mechanism mechanism, Place place, InputLines input)
    {
        await using IAnswerer answerer = await mechanism.OpenAnswererAsync(place);
        await WriteLineAsync(ChildWords.Ready);
        Task told = AnswerQuestionsAsync(input);
        if (await Task.WhenAny(told, answerer.Ended) == answerer.Ended)
        {
            // The other side has gone, or it failed.
            await answerer.Ended;
        }

        await told;
    }

    private static async Task AnswerQuestionsAsync(InputLines input)
    {
        await foreach (string line in input.ReadAllAsync())
        {
            await WriteLineAsync(JsonSerializer.Serialize(line == ChildWords.UsageAtStart ? ProcessUsage.AtStart() : ProcessUsage.AtEnd()));
        }
    }

    private static async Task AskAsync(Mechanism mechanism, Place place, InputLines input)
    {
        await using IAsker asker = await mechanism.OpenAskerAsync(place);
        await WriteLineAsync(ChildWords.Ready);
        await foreach (string line in input.ReadAllAsync())
        {
            if (await MeasureAsync(asker, JsonSerializer.Deserialize<Load>(line)!, input.Ended) is { } figures)
            {
                await WriteLineAsync(JsonSerializer.Serialize(figures));
            }
        }
    }

    /// <summary>Null when the input ended meanwhile. Nothing is asked any more either way: what it asked through may be closed.</summary>
    private static async Task<AskerFigures?> MeasureAsync(IAsker asker, Load load, Task inputEnded)
    {
        var tally = new Tally(load);
        long startedAt = Stopwatch.GetTimestamp();
        Task run = asker.RunAsync(load, tally);
        await Task.WhenAny(
            run, inputEnded, load.Count > 0 ? tally.Enough : Task.WhenAll(tally.Enough, Task.Delay(TimeSpan.FromSeconds(load.Seconds * WarmUpShare))));
        if (run.IsFaulted)
        {
            await run;
        }

        if (inputEnded.IsCompleted)
        {
            tally.End();
            await run;
            return null;
        }

        await WriteLineAsync(ChildWords.Counting);
        ProcessUsage before = ProcessUsage.AtStart();
        if (load.Count == 0)
        {
            startedAt = Stopwatch.GetTimestamp();
            tally.Begin();
            await Task.WhenAny(run, inputEnded, Task.Delay(TimeSpan.FromSeconds(load.Seconds)));
        }

        tally.End();
        if (inputEnded.IsCompleted)
        {
            await run;
            return null;
        }

        TimeSpan elapsed = Stopwatch.GetElapsedTime(startedAt);
        ProcessUsage used = ProcessUsage.AtEnd() - before;
        await WriteLineAsync(ChildWords.Counted);
        await run;
        return new AskerFigures(tally.Times.Count, (long)elapsed.TotalNanoseconds, tally.Reached, used, tally.Times.Percentiles(Quantiles.Shares));
    }

    private static async Task WriteLineAsync(string line)
    {
        await Console.Out.WriteLineAsync(line);
        await Console.Out.FlushAsync();
    }
}
