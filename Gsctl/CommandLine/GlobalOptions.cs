using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Gsctl.Discovery;
using Shared.Protocol.Hosting;
using Shared.Protocol.Hosting.Settings;
using Shared.Protocol.Transport;

namespace Gsctl.CommandLine;

/// <summary>The options that every command has.</summary>
internal static class GlobalOptions
{
    /// <summary>Whether programs read the output.</summary>
    public static readonly Option<bool> Json = new("--json") { Description = "Print JSON, for programs.", Recursive = true };

    private static readonly Option<int?> s_chat = Number("--chat", "Only the chatD of this number (Chat:Instance), from 0.", 0, Mailbox.MaxInstance);
    private static readonly Option<int?> s_channel = Number("--channel", "Only the channelD of this channel (Channel:Id), from 1.", 1, Mailbox.MaxInstance + 1);

    private static readonly Option<string[]> s_socket = new("--socket")
    {
        Description = "The daemon at this socket, wherever it lies (Ops:AdminSocket); may be given several times.",
        HelpName = "PATH",
        Recursive = true,
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<uint?> s_user = new("--user")
    {
        Description = "The user who runs the daemons, where gsctl does not trust him by itself.",
        HelpName = "NAME|UID",
        Recursive = true,
        CustomParser = static result =>
        {
            if (AccountNames.FindUser(result.Tokens[0].Value) is { } uid)
            {
                return uid;
            }

            result.AddError($"--user '{result.Tokens[0].Value}': there is no such user on this host (/etc/passwd), and it is not a number.");
            return null;
        },
    };

    private static readonly Option<double> s_timeout = new("--timeout")
    {
        Description = "How long a daemon may take to answer, in seconds.",
        HelpName = "SECONDS",
        Recursive = true,
        DefaultValueFactory = _ => 5,
        CustomParser = result => Seconds(result, 0.1, 600),
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Option> All { get; } = [s_chat, s_channel, s_socket, s_user, s_timeout, Json];

    /// <summary>Which daemons are meant.</summary>
    public static DaemonSelection Selection(ParseResult parsed) =>
        new(parsed.GetValue(s_chat), parsed.GetValue(s_channel), parsed.GetValue(s_socket) ?? []);

    /// <summary>Who may serve their sockets.</summary>
    public static ServerTrust Trust(ParseResult parsed, IpcOptions ipc) => new(ipc.PeerUserId, parsed.GetValue(s_user));

    /// <summary>How long an answer may take.</summary>
    public static TimeSpan AnswerLimit(ParseResult parsed) => TimeSpan.FromSeconds(parsed.GetValue(s_timeout));

    /// <summary>A number of seconds within bounds.</summary>
    public static double Seconds(ArgumentResult result, double min, double max)
    {
        string text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) && seconds >= min && seconds <= max)
        {
            return seconds;
        }

        result.AddError(string.Create(CultureInfo.InvariantCulture, $"'{text}' is no number of seconds from {min} to {max}."));
        return min;
    }

    /// <summary>A whole number within bounds.</summary>
    public static int Whole(ArgumentResult result, int min, int max)
    {
        string text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max)
        {
            return number;
        }

        result.AddError(string.Create(CultureInfo.InvariantCulture, $"'{text}' is no number from {min} to {max}."));
        return min;
    }

    private static Option<int?> Number(string name, string description, int min, int max) => new(name)
    {
        Description = description,
        HelpName = "N",
        Recursive = true,
        CustomParser = result => Whole(result, min, max),
    };
}
