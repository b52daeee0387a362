using System.CommandLine;
using System.Runtime.InteropServices;
using Shared.Protocol.Transport.ResultPath;

namespace PingPong;

/// <summary>The command line.</summary>
internal static class BenchmarkCommand
{
    // What a shell reports of a program that Ctrl-C has ended.
    private const int InterruptedExitCode = 130;

    private static readonly Option<int> s_rounds = new("--rounds")
    {
        Description = "How often each side is measured, in turn.",
        DefaultValueFactory = _ => 7,
        Validators = { result => Require(result.GetValueOrDefault<int>() is >= 1 and <= 1000, result, "--rounds is from 1 to 1000.") },
    };

    private static readonly Option<double> s_seconds = new("--seconds")
    {
        Description = "How long each measurement lasts, in seconds.",
        DefaultValueFactory = _ => 1,
        Validators = { result => Require(result.GetValueOrDefault<double>() is >= 0.1 and <= 600, result, "--seconds is from 0.1 to 600.") },
    };

    private static readonly Option<int> s_window = new("--window")
    {
        Description = "How many requests are in flight in the second half.",
        DefaultValueFactory = _ => 64,
        Validators = { result => Require(result.GetValueOrDefault<int>() is >= 1 and <= 64, result, "--window is from 1 to 64.") },
    };

    private static readonly Option<ResultPathKind> s_results = new("--results")
    {
        Description = "The way that the library's results take: queue or socket.",
        DefaultValueFactory = _ => ResultPathKind.Queue,
    };

    private static readonly Option<string?> s_json = new("--json") { Description = "Write the figures as JSON to this file.", HelpName = "PATH" };

    private static readonly Option<int?> s_flood = new("--flood")
    {
        Description = "Instead of all that: how long a quiet player waits beside one who has N requests under way.",
        HelpName = "N",
        Validators = { result => Require(result.GetValueOrDefault<int?>() is null or (>= 1 and <= 100_000), result, "--flood is from 1 to 100000.") },
    };

    // How the benchmark starts itself as the process that answers; not for people.
    private static readonly Option<int?> s_answer = new("--answer") { Hidden = true };

    /// <summary>Does what the command line says.</summary>
    /// <returns>The exit code.</returns>
    internal static async Task<int> RunAsync(string[] arguments)
    {
        // Ctrl-C reaches both processes. The one that asks ends itself and closes the other's input, and that one ends then: so queues and
        // files are removed.
        using var stopping = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

        var command = new RootCommand(
            "Requests over System V queues, from process to process, through the library and through a C program, in turn.")
        {
            s_rounds, s_seconds, s_window, s_results, s_json, s_flood, s_answer,
        };
        command.SetAction(async (parsed, _) =>
        {
            if (parsed.GetValue(s_answer) is { } key)
            {
                await Answerer.RunAsync(key);
                return 0;
            }

            var options = new BenchmarkOptions(
                parsed.GetValue(s_rounds),
                parsed.GetValue(s_seconds),
                parsed.GetValue(s_window),
                parsed.GetValue(s_results),
                parsed.GetValue(s_json));
            try
            {
                if (parsed.GetValue(s_flood) is { } flood)
                {
                    return await FloodBenchmark.RunAsync(flood, options, stopping.Token);
                }

                return await Benchmark.RunAsync(options, stopping.Token);
            }
            catch (OperationCanceledException)
            {
                return InterruptedExitCode;
            }
        });
        return await command.Parse(arguments).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopping.Cancel();
        }
    }

    private static void Require(bool holds, System.CommandLine.Parsing.OptionResult result, string message)
    {
        if (!holds)
        {
            result.AddError(message);
        }
    }
}
