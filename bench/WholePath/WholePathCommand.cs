using System.CommandLine;
using System.Text.Json;
using Measuring;
using WholePath.Idling;
using WholePath.Reporting;
using WholePath.RoundTrips;
using WholePath.Searching;
using WholePath.Starting;

namespace WholePath;

/// <summary>The command line.</summary>
internal static class WholePathCommand
{
    private static readonly IMeasurement[] s_all = [new RoundTripMeasurement(), new IdleMeasurement(), new StartMeasurement(), new SearchMeasurement()];
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    private static readonly Argument<string[]> s_what = new("what")
    {
        Description = $"What is measured, all by default: {string.Join("; ", s_all.Select(one => $"{one.Id} ({one.Description})"))}.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<int> s_rounds = Number("--rounds", "How many rounds; each measures what is compared once, in turn.", 7, 1, 1000);
    private static readonly Option<double> s_seconds = Number("--seconds", "How long each is measured, in seconds.", 1.0, 0.1, 600);
    private static readonly Option<double> s_warmUp = Number("--warm-up", "How long daemons are asked before the first round, in seconds.", 5.0, 0.1, 600);
    private static readonly Option<int> s_fewPlayers = Number("--few-players", "How many idle players the many are compared with.", 10, 1, 100_000);
    private static readonly Option<int> s_players = Number("--players", "How many idle players there are.", 10_000, 1, 100_000);
    private static readonly Option<int> s_fewCharacters = Number("--few-characters", "How many characters the many are compared with.", 1000, 1, 5_000_000);
    private static readonly Option<int> s_characters = Number("--characters", "How many characters there are.", 1_000_000, 1, 5_000_000);

    private static readonly Option<string?> s_programs = new("--programs")
    {
        Description = "Where the published programs are that are started (FOLDER/ChatD/ChatD.dll, ...). They are published first without it.",
    };

    private static readonly Option<string[]> s_daemonOptions = new("--daemon-option")
    {
        Description = "A further option of both daemons, e.g. --daemon-option=--Ipc:SpinUs=50; several allowed. Not for their starts.",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<FileInfo?> s_jsonPath = new("--json") { Description = "A file for all figures of all rounds." };

    /// <summary>Does what the command line says.</summary>
    /// <returns>The exit code: 0, or 1 where something failed. A goal that is not reached is none.</returns>
    internal static Task<int> RunAsync(string[] arguments)
    {
        s_what.AcceptOnlyFromAmong([.. s_all.Select(one => one.Id)]);
        var command = new RootCommand("What the whole way from a player's socket and back takes, with real daemons as processes of their own.")
        {
            s_what, s_rounds, s_seconds, s_warmUp, s_fewPlayers, s_players, s_fewCharacters, s_characters, s_programs, s_daemonOptions, s_jsonPath,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string[] what = parsed.GetValue(s_what) is { Length: > 0 } given ? given : [.. s_all.Select(one => one.Id)];
            var options = new WholePathOptions(
                parsed.GetValue(s_rounds),
                parsed.GetValue(s_seconds),
                parsed.GetValue(s_warmUp),
                parsed.GetValue(s_fewPlayers),
                parsed.GetValue(s_players),
                parsed.GetValue(s_fewCharacters),
                parsed.GetValue(s_characters),
                parsed.GetValue(s_programs),
                parsed.GetValue(s_daemonOptions)!);
            await MeasureAsync([.. s_all.Where(one => what.Contains(one.Id))], options, parsed.GetValue(s_jsonPath), cancellationToken);
            return 0;
        });
        return command.Parse(arguments).InvokeAsync();
    }

    private static async Task MeasureAsync(IMeasurement[] measurements, WholePathOptions options, FileInfo? json, CancellationToken cancellationToken)
    {
        var machine = Machine.Read();
        List<Section> sections = [];
        foreach (IMeasurement measurement in measurements)
        {
            sections.Add(await measurement.RunAsync(options, line => Console.Error.WriteLine($"{measurement.Id}: {line}"), cancellationToken));
        }

        var report = new Report(machine, sections);
        await Console.Out.WriteAsync(report.ToText());
        if (json is not null)
        {
            await File.WriteAllTextAsync(json.FullName, JsonSerializer.Serialize(report, s_json), cancellationToken);
        }
    }

    private static Option<T> Number<T>(string name, string description, T byDefault, T least, T most)
        where T : struct, IComparable<T> => new(name)
        {
            Description = $"{description} Defaults to {byDefault}.",
            DefaultValueFactory = _ => byDefault,
            Validators =
            {
                result =>
                {
                    if (result.GetValueOrDefault<T>() is var given && (given.CompareTo(least) < 0 || given.CompareTo(most) > 0))
                    {
                        result.AddError($"{name} is from {least} to {most}.");
                    }
                },
            },
        };
}
