using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Gsctl.CommandLine;
using Gsctl.Connection;
using Gsctl.Output;
using Gsctl.Reports;
using Shared.Protocol.Administration;
using Shared.Protocol.Transport;

namespace Gsctl.Commands;

/// <summary><c>gsctl who</c>: the players of the chatDs, the characters of the channelDs.</summary>
internal sealed class WhoCommand : IOperatorCommand
{
    private readonly Option<int> _limit = new("--limit")
    {
        Description = $"How many of each daemon, at most {AdminLimits.MaxWho}.",
        HelpName = "N",
        DefaultValueFactory = _ => AdminLimits.DefaultWho,
        CustomParser = result => GlobalOptions.Whole(result, 0, AdminLimits.MaxWho),
    };

    /// <summary>Makes it.</summary>
    public WhoCommand() => Syntax = new Command("who", "The players of each chatD, and the characters of each channelD.") { _limit };

    /// <inheritdoc/>
    public Command Syntax { get; }

    /// <inheritdoc/>
    public async Task<int> RunAsync(GsctlContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"{AdminPaths.Who}?limit={parsed.GetValue(_limit)}");
        using Fleet fleet = context.OpenAll();
        IReadOnlyList<DaemonAnswer<WhoAnswer>> answers = await fleet.AskAsync(client => AskAsync(client, path, cancellationToken));
        SessionsAnswer[] chats = [.. answers.Select(answer => answer.Value?.Sessions).OfType<SessionsAnswer>()];
        CharactersAnswer[] channels = [.. answers.Select(answer => answer.Value?.Characters).OfType<CharactersAnswer>()];
        IReadOnlyList<Unreached> unreached = context.TellUnreached(answers);
        if (context.Report.IsJson)
        {
            context.Report.Json(new WhoReport(chats, channels, unreached));
        }
        else
        {
            Show(chats, context.Report);
            Show(channels, context.Report);
        }

        return unreached.Count > 0 ? ExitCodes.Partly : ExitCodes.Done;
    }

    // Of which kind the daemon is its socket need not tell.
    private static async Task<WhoAnswer> AskAsync(AdminClient client, string path, CancellationToken cancellationToken)
    {
        JsonElement answer = await client.GetAsync(path, AnyJson.Default.JsonElement, cancellationToken);
        WhoAnswer who = answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("sessions", out _)
            ? new WhoAnswer(client.Read(answer, AdminJson.Default.SessionsAnswer), null)
            : new WhoAnswer(null, client.Read(answer, AdminJson.Default.CharactersAnswer));
        return who.Sessions?.Sessions.Contains(null!) == true || who.Characters?.Characters.Contains(null!) == true
            ? throw client.CannotRead("A player is null.")
            : who;
    }

    private static void Show(SessionsAnswer[] chats, Report report)
    {
        TextTable table = new(
            new Column("CHATD", IsNumber: true), new Column("SESSION", IsNumber: true), new Column("NAME", MinColumns: 8), new Column("CHANNEL", IsNumber: true), new Column("MAP", MinColumns: 6),
            new Column("STATE"), new Column("FOR", IsNumber: true), new Column("UNANSWERED", IsNumber: true), new Column("FROM", MinColumns: 9));
        foreach (SessionsAnswer chat in chats)
        {
            foreach (SessionStatus session in chat.Sessions)
            {
                table.Add(
                    Number(chat.Instance),
                    Number(session.Id),
                    session.Name,
                    Number(session.Channel),
                    session.Map,
                    session.DetachedMs is { } detached ? $"{session.State} {Units.While(detached)}" : session.State,
                    Units.While((long)Math.Max(0, (DateTimeOffset.UtcNow - session.Since).TotalMilliseconds)),
                    Number(session.UnansweredLines),
                    session.Remote);
            }
        }

        report.Table(table);
        foreach (SessionsAnswer chat in chats)
        {
            report.Line(Told(DaemonNames(DaemonRole.ChatD, chat.Instance), chat.Sessions.Count, chat.Total, "Players"));
        }
    }

    private static void Show(CharactersAnswer[] channels, Report report)
    {
        TextTable table = new(
            new Column("CHANNELD", IsNumber: true), new Column("NAME", MinColumns: 8), new Column("CHANNEL", IsNumber: true), new Column("MAP", MinColumns: 6), new Column("STATE"),
            new Column("TIER", IsNumber: true), new Column("HIDDEN"), new Column("MUTED FOR", IsNumber: true), new Column("BY", MinColumns: 8), new Column("CHATD", IsNumber: true), new Column("SESSION", IsNumber: true),
            new Column("IN FOR", IsNumber: true));
        foreach (CharactersAnswer channel in channels)
        {
            foreach (CharacterStatus character in channel.Characters)
            {
                table.Add(
                    Number(channel.Channel),
                    character.Name,
                    Number(character.Channel),
                    character.Map,
                    character.State,
                    Number(character.Tier),
                    character.Hidden ? "yes" : "no",
                    character.MutedUntil is { } until ? Units.While((long)Math.Max(0, (until - DateTimeOffset.UtcNow).TotalMilliseconds)) : null,
                    character.MutedBy,
                    Number(character.ChatInstance),
                    Number(character.SessionId),
                    Units.While(character.InForMs));
            }
        }

        if (table.Count > 0)
        {
            report.Line();
        }

        report.Table(table);
        foreach (CharactersAnswer channel in channels)
        {
            report.Line(Told(DaemonNames(DaemonRole.ChannelD, channel.Channel - 1), channel.Characters.Count, channel.Total, "Characters"));
        }
    }

    private static string DaemonNames(DaemonRole role, int instance) => Discovery.DaemonAddress.NameOf(new DaemonClaim(role, instance));

    private static string Told(string daemon, int shown, int total, string what) => shown < total
        ? $"{what} of {daemon}: {Units.Count(total)}, of whom {Units.Count(shown)} are shown (--limit)"
        : $"{what} of {daemon}: {Units.Count(total)}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record WhoAnswer(SessionsAnswer? Sessions, CharactersAnswer? Characters);
}
