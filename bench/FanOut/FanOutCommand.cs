using System.CommandLine;

namespace FanOut;

/// <summary>The command line.</summary>
internal static class FanOutCommand
{
    private static readonly Option<int> s_players = Number("--players", "How many players stand in the map.", 1000);
    private static readonly Option<int> s_chats = Number("--chats", "How many chatDs they are on.", 2);
    private static readonly Option<int> s_says = Number("--says", "How many lines each half of a round says.", 100);
    private static readonly Option<int> s_window = Number("--window", "How many of them are under way at once in the second half.", 8);
    private static readonly Option<int> s_rounds = Number("--rounds", "How many rounds; the figures are their medians.", 5);

    private static readonly Option<string> s_line = new("--line")
    {
        Description = "What is said; a number is put behind it.",
        DefaultValueFactory = _ => "안녕하세요",
    };

    private static readonly Option<string[]> s_channelOptions = new("--channel-option")
    {
        Description = "A further option of channelD, e.g. --channel-option=--Channel:MaxChannel=5; several allowed.",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<bool> s_find = new("--find") { Description = "Only the search among 1,000 and 1,000,000 characters." };

    /// <summary>Does what the command line says.</summary>
    /// <returns>The exit code.</returns>
    internal static Task<int> RunAsync(string[] arguments)
    {
        var command = new RootCommand("One line said into a map of many players, through the real daemons; and a search among many characters.")
        {
            s_players, s_chats, s_says, s_window, s_rounds, s_line, s_channelOptions, s_find,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new FanOutOptions(
                parsed.GetValue(s_players),
                parsed.GetValue(s_chats),
                parsed.GetValue(s_says),
                parsed.GetValue(s_window),
                parsed.GetValue(s_rounds),
                parsed.GetValue(s_line)!,
                parsed.GetValue(s_channelOptions)!);
            if (!parsed.GetValue(s_find))
            {
                await SayBenchmark.RunAsync(options, cancellationToken);
            }

            await FindBenchmark.RunAsync(options.Rounds, cancellationToken);
            return 0;
        });
        return command.Parse(arguments).InvokeAsync();
    }

    private static Option<int> Number(string name, string description, int byDefault) => new(name)
    {
        Description = $"{description} Defaults to {byDefault}.",
        DefaultValueFactory = _ => byDefault,
        Validators =
        {
            result =>
            {
                if (result.GetValueOrDefault<int>() is < 1 or > 1_000_000)
                {
                    result.AddError($"{name} is from 1 to 1000000.");
                }
            },
        },
    };
}
