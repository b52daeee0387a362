using System.CommandLine;
using System.Globalization;
using Gsctl.CommandLine;
using Gsctl.Connection;
using Gsctl.Output;
using Gsctl.Reports;
using Shared.Protocol.Administration;
using Shared.Protocol.Transport;
using Shared.Terminal;

namespace Gsctl.Commands;

/// <summary><c>gsctl find NAME</c>: what each channelD knows of a character, and tells players of it.</summary>
internal sealed class FindCommand : IOperatorCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The character's name." };

    /// <summary>Makes it.</summary>
    public FindCommand() => Syntax = new Command(
        "find", "What each channelD knows of a character, how it knows it, and what it tells players who look for it. Exit code 1 where nobody knows it.") { _name };

    /// <inheritdoc/>
    public Command Syntax { get; }

    /// <inheritdoc/>
    public async Task<int> RunAsync(GsctlContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        string path = $"{AdminPaths.Find}?name={Uri.EscapeDataString(parsed.GetRequiredValue(_name))}";
        using Fleet fleet = context.Open(DaemonRole.ChannelD);
        IReadOnlyList<DaemonAnswer<FindAnswer>> answers = await fleet.AskAsync(client => client.GetAsync(path, AdminJson.Default.FindAnswer, cancellationToken));
        FindAnswer[] all = [.. answers.Select(answer => answer.Value).OfType<FindAnswer>()];
        IReadOnlyList<Unreached> unreached = context.TellUnreached(answers);
        if (context.Report.IsJson)
        {
            context.Report.Json(new FindReport(all, unreached));
        }
        else
        {
            Show(all, context.Report);
        }

        // One that could not be asked may know it.
        return unreached.Count > 0 ? ExitCodes.Partly
            : all.Any(answer => answer.Found) ? ExitCodes.Done
            : ExitCodes.Refused;
    }

    private static void Show(FindAnswer[] all, Report report)
    {
        TextTable table = new(
            new Column("ASKED"), new Column("NAME", MinColumns: 8), new Column("FOUND"), new Column("REASON"), new Column("SOURCE"), new Column("AGE", IsNumber: true),
            new Column("CHANNEL", IsNumber: true), new Column("MAP", MinColumns: 6), new Column("STATE"), new Column("TIER", IsNumber: true), new Column("HIDDEN"), new Column("PLAYERS ARE TOLD", MinColumns: 10));
        foreach (FindAnswer answer in all)
        {
            table.Add(
                Discovery.DaemonAddress.NameOf(new DaemonClaim(DaemonRole.ChannelD, answer.AskedChannel - 1)),
                answer.Name,
                answer.Found ? "yes" : "no",
                answer.Reason,
                answer.Source,
                answer.AgeMs is { } age ? Units.While(age) : null,
                answer.Channel?.ToString(CultureInfo.InvariantCulture),
                answer.Map,
                answer.State,
                answer.Tier?.ToString(CultureInfo.InvariantCulture),
                answer.Hidden is { } hidden ? hidden ? "yes" : "no" : null,
                $"{answer.PlayerCode} ({answer.PlayerReason})");
        }

        report.Table(table);

        // All channelDs of a world share what is kept; where each keeps its own, they may differ.
        foreach (string line in all.Select(TellMute).OfType<string>().Distinct())
        {
            report.Line(line);
        }
    }

    private static string? TellMute(FindAnswer answer)
    {
        string name = VisibleText.Of(answer.Name);
        return answer.MuteUnknown == true ? $"Whether {name} is muted cannot be told at present: the kept state cannot be reached."
            : answer.Mute is not { } mute ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{name} is muted until {mute.Until.ToUniversalTime():yyyy-MM-dd HH:mm:ss} UTC by {VisibleText.Of(mute.By ?? "somebody (not kept by the version of then)")}{At(mute)}: {VisibleText.Of(mute.Reason)}");
    }

    private static string At(MuteFacts mute) => mute.At is { } at
        ? string.Create(CultureInfo.InvariantCulture, $", at {at.ToUniversalTime():yyyy-MM-dd HH:mm:ss}")
        : string.Empty;
}
