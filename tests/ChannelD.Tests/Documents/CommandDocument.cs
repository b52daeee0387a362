using System.Globalization;
using System.Text;
using ChannelD.Commands;
using ChannelD.Limits;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Requests;

namespace ChannelD.Tests.Documents;

/// <summary>The part of <c>docs/commands.md</c> that is made from the commands themselves.</summary>
internal static class CommandDocument
{
    public const string Begin = "<!-- Made from the commands by CommandDocumentTests; WRITE_COMMANDS_DOCUMENT=1 writes it anew. -->\n";
    public const string End = "<!-- The end of what is made. -->\n";

    /// <summary>Codes that a line of any command can be answered with.</summary>
    private static readonly string[] s_common =
    [
        CommonCodes.UnknownCommand, CommonCodes.Usage, CommonCodes.TooLarge, CommonCodes.NoSession, CommonCodes.RateLimited, CommonCodes.Muted,
        CommonCodes.Hidden, CommonCodes.NotAllReached, OutcomeCodes.Internal, OutcomeCodes.HandlerTimeout, OutcomeCodes.Overloaded,
    ];

    /// <summary>The part, with its marks.</summary>
    public static string Make(IReadOnlyList<IPlayerCommand> commands)
    {
        var page = new StringBuilder(Begin);
        page.Append("\n## All commands\n\n| Korean | English | Who | What it does | Limit |\n|---|---|---|---|---|\n");
        foreach (CommandDescription command in commands.Select(command => command.Description))
        {
            Line(page, $"| [{Code(command.Usage.Korean)}](#{command.Id}) | {Code(command.Usage.English)} | {Who(command)} | {Cell(command.Help.English)} | {Limit(command)} |");
        }

        page.Append("\n## Codes of every command\n\n");
        Texts(page, CommonTexts.All.Where(text => s_common.Contains(text.Code)).Select(text => new CommandText(text.Code, text.Korean, text.English)));
        page.Append("\n## Other codes\n\nOf a log-in, of a change of channels, and where a daemon is not there or too busy:\n\n");
        Texts(page, CommonTexts.All.Where(text => !s_common.Contains(text.Code)).Select(text => new CommandText(text.Code, text.Korean, text.English)));
        foreach (CommandDescription command in commands.Select(command => command.Description))
        {
            Section(page, command);
        }

        return page.Append('\n').Append(End).ToString();
    }

    private static void Section(StringBuilder page, CommandDescription command)
    {
        Line(page, $"\n## {command.Id}\n");
        Line(page, $"`{command.Usage.Korean}` or `{command.Usage.English}`; names: {string.Join(", ", command.Names.Select(name => Code("/" + name)))}.");
        Line(page, $"For {Who(command)}{(command.NeedsCharacter ? ", with a character in the game" : string.Empty)}{(command.IsSpeech ? "; not for who is muted" : string.Empty)}. Limit: {Limit(command)}.");
        CommandText[] answers = [.. command.Texts.Where(text => !text.IsEvent)];
        CommandText[] events = [.. command.Texts.Where(text => text.IsEvent)];
        if (answers.Length > 0)
        {
            page.Append("\nAnswers:\n\n");
            Texts(page, answers);
        }

        if (events.Length > 0)
        {
            page.Append("\nWhat others are shown:\n\n");
            Texts(page, events);
        }
    }

    private static void Texts(StringBuilder page, IEnumerable<CommandText> texts)
    {
        page.Append("| Code | Korean | English |\n|---|---|---|\n");
        foreach (CommandText text in texts)
        {
            Line(page, $"| `{text.Code}` | {Cell(text.Korean)} | {Cell(text.English)} |");
        }
    }

    private static string Who(CommandDescription command) =>
        command.MinTier == 0 ? "everybody" : string.Create(CultureInfo.InvariantCulture, $"game masters from tier {command.MinTier}");

    private static string Limit(CommandDescription command)
    {
        var defaults = new LimitOptions();
        return command.MinTier > 0
            ? "none"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"`{command.Class}`: {CommandLimits.PerMinute(defaults, command.Class)} a minute, {CommandLimits.Burst(defaults, command.Class)} at once");
    }

    // A bar would end the cell, even between backticks.
    private static string Code(string text) => $"`{Cell(text)}`";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static void Line(StringBuilder page, string line) => page.Append(line).Append('\n');
}
