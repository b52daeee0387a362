using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ChatClient.Connection;
using ChatClient.Load;

namespace ChatClient.CommandLine;

/// <summary>The command line of <c>load</c>.</summary>
internal static class LoadCommand
{
    private static readonly Option<ServerAddress[]> s_servers = new("--server")
    {
        Description = "Where chatD listens: HOST:PORT or unix:PATH. Given more than once, the players go to each in turn.",
        HelpName = "HOST:PORT|unix:PATH",
        DefaultValueFactory = _ => [ServerAddress.Default],
        AllowMultipleArgumentsPerToken = false,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = static result => [.. result.Tokens.Select(token => ReadServer(result, token.Value)).OfType<ServerAddress>()],
    };

    private static readonly Option<int> s_clients = CreateCount("--clients", 64, 1, 100_000, "How many players.");

    private static readonly Option<double> s_rate = CreateNumber(
        "--rate", "LINES/S", 0, 10_000_000, "How many lines a second all players send together, timed from when each was due, answered or not.");

    private static readonly Option<int> s_pipeline = CreateCount(
        "--pipeline", 1, 1, 10_000, "Without --rate: how many lines of each player are without an answer at a time.");

    private static readonly Option<double> s_seconds = CreateNumber("--seconds", "SECONDS", 10, 24 * 60 * 60, "How long is measured.");

    private static readonly Option<double> s_warmUp = CreateNumber("--warm-up", "SECONDS", 2, 60 * 60, "How long the load runs before that.");

    private static readonly Option<LoadMix> s_mix = new("--mix")
    {
        Description = "What the players type, with weights: find, say, whisper, who.",
        HelpName = "find=90,say=10",
        DefaultValueFactory = _ => LoadMix.Default,
        CustomParser = static result =>
        {
            if (LoadMix.TryParse(result.Tokens[0].Value, out LoadMix? mix, out string? problem))
            {
                return mix;
            }

            result.AddError($"--mix '{result.Tokens[0].Value}': {problem}.");
            return null;
        },
    };

    private static readonly Option<int> s_channels = CreateCount("--channels", 1, 1, 256, "Over how many channels the players are spread.");

    private static readonly Option<int> s_maps = CreateCount("--maps", 1, 1, 100_000, "Over how many maps of each channel.");

    private static readonly Option<string> s_prefix = new("--names")
    {
        Description = "What the players' names begin with; a number follows.",
        HelpName = "PREFIX",
        DefaultValueFactory = _ => "부하",
    };

    private static readonly Option<bool> s_json = new("--json") { Description = "Print the report as one JSON object." };

    private static readonly Option<string?> s_html = new("--html")
    {
        Description = "Write the report also as a page with plots: one file, which opens without a network.",
        HelpName = "PATH",
    };

    /// <summary>Makes the command.</summary>
    /// <param name="load">Does it; returns what to exit with.</param>
    public static Command Create(Func<LoadOptions, CancellationToken, Task<int>> load)
    {
        var command = new Command(
            "load",
            "Plays many players at once, and reports rates and latencies. The daemons' limits (section Limits) hold for each of them: switch those off, "
            + "or much is answered rate_limited.")
        {
            s_servers, s_clients, s_rate, s_pipeline, s_seconds, s_warmUp, s_mix, s_channels, s_maps, s_prefix, s_json, s_html,
        };
        command.Validators.Add(static result =>
        {
            if (result.GetResult(s_rate) is { Implicit: false } && result.GetResult(s_pipeline) is { Implicit: false })
            {
                result.AddError("--pipeline is for loads without --rate: with a rate lines are sent when they are due, whatever has become of those before.");
            }
        });
        command.SetAction((parsed, cancellationToken) => load(ToOptions(parsed), cancellationToken));
        return command;
    }

    private static LoadOptions ToOptions(ParseResult parsed) => new()
    {
        Servers = parsed.GetRequiredValue(s_servers),
        Clients = parsed.GetValue(s_clients),
        RatePerSecond = parsed.GetValue(s_rate),
        Pipeline = parsed.GetValue(s_pipeline),
        Duration = TimeSpan.FromSeconds(parsed.GetValue(s_seconds)),
        WarmUp = TimeSpan.FromSeconds(parsed.GetValue(s_warmUp)),
        Mix = parsed.GetRequiredValue(s_mix),
        Channels = parsed.GetValue(s_channels),
        Maps = parsed.GetValue(s_maps),
        NamePrefix = parsed.GetRequiredValue(s_prefix),
        UsesJson = parsed.GetValue(s_json),
        PagePath = parsed.GetValue(s_html),
    };

    private static ServerAddress? ReadServer(ArgumentResult result, string text)
    {
        if (ServerAddress.TryParse(text, out ServerAddress? address, out string? problem))
        {
            return address;
        }

        result.AddError($"--server '{text}': {problem}.");
        return null;
    }

    private static Option<int> CreateCount(string name, int defaultCount, int lowest, int highest, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => defaultCount,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= lowest && count <= highest)
            {
                return count;
            }

            result.AddError($"{name} '{text}': it is a number from {lowest} to {highest}.");
            return 0;
        },
    };

    private static Option<double> CreateNumber(string name, string unit, double defaultNumber, double highest, string description) => new(name)
    {
        Description = description,
        HelpName = unit,
        DefaultValueFactory = _ => defaultNumber,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number <= highest)
            {
                return number;
            }

            result.AddError($"{name} '{text}': it is a number from 0 to {highest.ToString(CultureInfo.InvariantCulture)}.");
            return 0;
        },
    };
}
