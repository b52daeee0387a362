using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using System.Text.Json;
using IpcBench.Exchanging;
using IpcBench.Mechanisms;
using IpcBench.Processes;
using IpcBench.Reporting;

namespace IpcBench;

/// <summary>The command line.</summary>
internal static class IpcBenchCommand
{
    private const int FailedExitCode = 1;
    private const int UsageExitCode = 2;

    // What a shell reports of a program that Ctrl-C has ended.
    private const int InterruptedExitCode = 130;

    private const string Description = """
        Measures how long a request takes to another process and back, for every way there is on Linux, side by side: queues, pipes, sockets,
        shared memory, HTTP, RabbitMQ. Each is measured in C# and, where C can do the same, by a C program that does the bare system calls;
        and on some of them what this repository's library costs on top. Needs no daemon, makes everything it needs under names of its own, and
        removes it. Without a C compiler or a rabbitmq-server it says so and leaves them out.

        Examples:
          dotnet run -c Release --project bench/IpcBench -- --quick
          dotnet run -c Release --project bench/IpcBench -- --html ipc.html --json ipc.json
          dotnet run -c Release --project bench/IpcBench -- --mechanisms sysv,unix-seqpacket --sizes 64 --runs 9
          dotnet run -c Release --project bench/IpcBench -- --from ipc.json --markdown docs/choosing-ipc.md
        """;

    private static readonly Option<string?> s_mechanisms = new("--mechanisms")
    {
        Description = "Only these, by their ids (--list), with commas between.",
        HelpName = "ID,ID",
        Validators = { result => CheckNames(result) },
    };

    private static readonly Option<string?> s_sizes = new("--sizes")
    {
        Description = $"Bytes of a request and of its result, from {Load.MinSizeBytes} to {Load.MaxSizeBytes}, with commas between. Default 64,1024,8192.",
        HelpName = "N,N",
        Validators = { result => CheckNumbers(result, Load.MinSizeBytes, Load.MaxSizeBytes) },
    };

    private static readonly Option<string?> s_inFlight = new("--in-flight")
    {
        Description = $"How many requests are unanswered at a time, from 1 to {Load.MaxInFlight}, with commas between. Default 1,16,64,1024.",
        HelpName = "N,N",
        Validators = { result => CheckNumbers(result, 1, Load.MaxInFlight) },
    };

    private static readonly Option<double?> s_seconds = new("--seconds")
    {
        Description = "How long each measurement counts, in seconds, from 0.05 to 60. Default 0.3.",
        HelpName = "S",
        Validators = { result => Require(result.GetValueOrDefault<double?>() is null or (>= 0.05 and <= 60), result, "--seconds is from 0.05 to 60.") },
    };

    private static readonly Option<int?> s_runs = new("--runs")
    {
        Description = "How often each is measured, all sides in turn, from 1 to 100. The report has medians. Default 3.",
        HelpName = "N",
        Validators = { result => Require(result.GetValueOrDefault<int?>() is null or (>= 1 and <= 100), result, "--runs is from 1 to 100.") },
    };

    private static readonly Option<string?> s_json = new("--json") { Description = "Write all figures as JSON to this file.", HelpName = "FILE" };

    private static readonly Option<string?> s_html = new("--html")
    {
        Description = "Write a page with plots to this file. It opens without a network.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> s_markdown = new("--markdown")
    {
        Description = "Write the tables into this document, between its two lines for figures; all else in it stays.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> s_from = new("--from")
    {
        Description = "Measure nothing, and take the figures of this file, which --json wrote.",
        HelpName = "FILE",
    };

    private static readonly Option<bool> s_quick = new("--quick")
    {
        Description = "Less of everything, within a minute, for a first look: 64 bytes, 1 and 64 in flight, one run of 0.1 s.",
    };

    private static readonly Option<bool> s_list = new("--list") { Description = "List the mechanisms, and why some cannot be measured here." };

    private static readonly IpcBenchOptions s_default = new(MechanismCatalogue.Ids, [64, 1024, 8192], [1, 16, 64, 1024], Seconds: 0.3, Runs: 3, WarmUpSeconds: 1);

    private static readonly IpcBenchOptions s_small = new(MechanismCatalogue.Ids, [64], [1, 64], Seconds: 0.1, Runs: 1, WarmUpSeconds: 0.2);

    /// <summary>Does what the command line says.</summary>
    /// <returns>The exit code: 0; 1 where something failed; 2 for wrong usage; 130 after Ctrl-C.</returns>
    internal static async Task<int> RunAsync(string[] arguments)
    {
        // Ctrl-C reaches all processes. The one that people started ends the others and removes what was made; so do they, when their input ends.
        using var stopping = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        if (arguments is [ChildArguments.Verb, var child])
        {
            await ChildProgram.RunAsync(ChildArguments.Parse(child));
        }

        var command = new RootCommand(Description)
        {
            s_mechanisms, s_sizes, s_inFlight, s_seconds, s_runs, s_json, s_html, s_markdown, s_from, s_quick, s_list,
        };
        command.SetAction((parsed, _) => RunAsync(parsed, stopping.Token));
        ParseResult result = command.Parse(arguments);
        int exitCode = await result.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
        return result.Errors.Count > 0 ? UsageExitCode : exitCode;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopping.Cancel();
        }
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(s_list))
        {
            return await MechanismList.PrintAsync(Console.Out);
        }

        var outputs = new Outputs(parsed.GetValue(s_json), parsed.GetValue(s_html), parsed.GetValue(s_markdown));
        try
        {
            // Before anything is measured: minutes later it would be a pity.
            await outputs.CheckAsync(cancellationToken);
            Report report = parsed.GetValue(s_from) is { } path
                ? Report.Parse(await File.ReadAllTextAsync(path, cancellationToken))
                : await Benchmark.MeasureAsync(OptionsOf(parsed), cancellationToken);
            await outputs.WriteAsync(report, CancellationToken.None);
            return report.Skipped.Any(skipped => skipped.IsFailure) ? FailedExitCode : 0;
        }
        catch (OperationCanceledException)
        {
            return InterruptedExitCode;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or JsonException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return FailedExitCode;
        }
    }

    private static IpcBenchOptions OptionsOf(ParseResult parsed)
    {
        IpcBenchOptions preset = parsed.GetValue(s_quick) ? s_small : s_default;

        // Made anew, for its loads follow from the rest.
        return new IpcBenchOptions(
            parsed.GetValue(s_mechanisms)?.Split(',') ?? preset.Mechanisms,
            Numbers(parsed.GetValue(s_sizes)) ?? preset.SizesBytes,
            Numbers(parsed.GetValue(s_inFlight)) ?? preset.InFlight,
            parsed.GetValue(s_seconds) ?? preset.Seconds,
            parsed.GetValue(s_runs) ?? preset.Runs,
            preset.WarmUpSeconds);
    }

    private static int[]? Numbers(string? list) =>
        list is null ? null : [.. list.Split(',').Select(number => int.TryParse(number, out int value) ? value : -1).Distinct().Order()];

    private static void CheckNumbers(OptionResult result, int min, int max)
    {
        bool holds = (Numbers(result.GetValueOrDefault<string?>()) ?? []).All(number => number >= min && number <= max);
        Require(holds, result, $"{result.Option.Name} takes numbers from {min} to {max}, with commas between.");
    }

    private static void CheckNames(OptionResult result)
    {
        string[] unknown = [.. (result.GetValueOrDefault<string?>()?.Split(',') ?? []).Except(MechanismCatalogue.Ids)];
        Require(unknown.Length == 0, result, $"--mechanisms: there is no {string.Join(", ", unknown.Select(name => $"\"{name}\""))}. There are: {string.Join(',', MechanismCatalogue.Ids)}");
    }

    private static void Require(bool holds, OptionResult result, string message)
    {
        if (!holds)
        {
            result.AddError(message);
        }
    }
}
