using System.CommandLine;
using System.Globalization;
using ChatClient.Connection;
using ChatClient.Conversation;
using ChatClient.Load;
using Shared.Protocol.Messages;
using Shared.Terminal;

namespace ChatClient.CommandLine;

/// <summary>The command line: what it accepts, how it explains itself, and what it turns into.</summary>
public static class ChatCommand
{
    // A day: longer than anybody waits, and far below what timers take.
    private const int MaxSeconds = 24 * 60 * 60;

    private const string Example = "dotnet ChatClient.dll --name 타락파워전사";

    private static readonly Option<ServerAddress> s_server = new("--server")
    {
        Description = "Where chatD listens: HOST:PORT or unix:PATH.",
        HelpName = "HOST:PORT|unix:PATH",
        DefaultValueFactory = _ => ServerAddress.Default,
        CustomParser = result =>
        {
            if (ServerAddress.TryParse(result.Tokens[0].Value, out ServerAddress? address, out string? problem))
            {
                return address;
            }

            result.AddError($"--server '{result.Tokens[0].Value}': {problem}.");
            return null;
        },
    };

    private static readonly Option<string> s_name = new("--name")
    {
        Description = "The name of your character.",
        HelpName = "NAME",
        Required = true,
        Validators =
        {
            result =>
            {
                if (result.Tokens.Count == 1 && string.IsNullOrWhiteSpace(result.Tokens[0].Value))
                {
                    result.AddError("--name is empty.");
                }
            },
        },
    };

    private static readonly Option<int> s_channel = new("--channel")
    {
        Description = "The channel to enter, from 1.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int channel) && channel >= 1)
            {
                return channel;
            }

            result.AddError($"--channel '{text}': it is a number from 1.");
            return 0;
        },
    };

    private static readonly Option<string> s_map = new("--map")
    {
        Description = "The map to enter.",
        HelpName = "MAP",
        DefaultValueFactory = _ => "헤네시스",
    };

    private static readonly Option<string> s_language = new("--lang")
    {
        Description = "The language of the server's texts.",
        HelpName = "ko|en",
        DefaultValueFactory = _ => "ko",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (text is not ("ko" or "en"))
            {
                result.AddError($"--lang '{text}': it is ko or en.");
            }

            return text;
        },
    };

    private static readonly Option<string?> s_key = new("--key-file")
    {
        Description = "A file whose first line is the key of a game master's name.",
        HelpName = "FILE",
        CustomParser = static result =>
        {
            string path = result.Tokens[0].Value;
            try
            {
                if (File.ReadLines(path).FirstOrDefault() is { Length: > 0 } key)
                {
                    return key;
                }

                result.AddError($"--key-file '{path}': its first line is empty.");
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                result.AddError($"--key-file '{path}': {failure.Message}");
            }

            return null;
        },
    };

    private static readonly Option<bool> s_json = new("--json") { Description = "Print one JSON object a line, for programs." };

    private static readonly Option<bool> s_noHistory = new("--no-history") { Description = "Neither read nor keep the lines typed before." };

    private static readonly Option<bool> s_noResume = new("--no-resume")
    {
        Description = "End when the connection is lost, rather than connect again and resume the session.",
    };

    private static readonly Option<double> s_connectTimeout = CreateSeconds(
        "--connect-timeout", 5, "How long to keep trying until the server is there, in seconds.");

    private static readonly Option<double> s_wait = CreateSeconds(
        "--wait", 30, "How long to wait for outstanding answers after the end of the input, in seconds.");

    /// <summary>Reads the command line and does what it says.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="chat">Does the chatting; returns what to exit with.</param>
    /// <param name="load">Does the loading; returns what to exit with.</param>
    /// <param name="output">Takes help and version.</param>
    /// <param name="error">Takes what is wrong.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(
        string[] arguments, Func<ChatOptions, Task<int>> chat, Func<LoadOptions, CancellationToken, Task<int>> load, TextWriter output, TextWriter error)
    {
        // A subcommand is added here; the options above belong to chatting alone.
        var root = new RootCommand(
            "A chat client for chatD. Sends each line of standard input and prints every answer and event; "
            + "in a terminal the line is edited, with a history.\n\nExit codes: 0 all lines answered, 2 wrong usage, "
            + "3 cannot connect or refused, 4 some lines ended busy or unknown.")
        {
            s_server, s_name, s_channel, s_map, s_language, s_key, s_json, s_noHistory, s_noResume, s_connectTimeout, s_wait,
        };
        root.SetAction((parsed, _) => chat(ToOptions(parsed)));
        root.Subcommands.Add(LoadCommand.Create(load));

        ParseResult result = root.Parse(arguments);
        if (result.Errors.Count > 0)
        {
            foreach (string message in result.Errors.Select(static problem => problem.Message).Distinct())
            {
                await error.WriteLineAsync($"chatclient: {VisibleText.Of(message)}");
            }

            await error.WriteLineAsync($"Example: {Example}\nAll options: dotnet ChatClient.dll --help");
            return ExitCodes.Usage;
        }

        // Signals are this client's own business: its answers are waited for.
        return await result.InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
            Output = output,
            Error = error,
        });
    }

    private static ChatOptions ToOptions(ParseResult parsed) => new()
    {
        Server = parsed.GetRequiredValue(s_server),
        Name = parsed.GetRequiredValue(s_name),
        Channel = parsed.GetValue(s_channel),
        Map = parsed.GetRequiredValue(s_map),
        Language = parsed.GetValue(s_language) == "en" ? Language.English : Language.Korean,
        Key = parsed.GetValue(s_key),
        UsesJson = parsed.GetValue(s_json),
        KeepsHistory = !parsed.GetValue(s_noHistory),
        Resumes = !parsed.GetValue(s_noResume),
        ConnectTimeout = TimeSpan.FromSeconds(parsed.GetValue(s_connectTimeout)),
        AnswerTimeout = TimeSpan.FromSeconds(parsed.GetValue(s_wait)),
    };

    private static Option<double> CreateSeconds(string name, double defaultSeconds, string description) => new(name)
    {
        Description = description,
        HelpName = "SECONDS",
        DefaultValueFactory = _ => defaultSeconds,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds)
                && seconds <= MaxSeconds)
            {
                return seconds;
            }

            result.AddError($"{name} '{text}': it is a number of seconds from 0 to {MaxSeconds}.");
            return 0;
        },
    };
}
