using System.CommandLine;
using System.Globalization;
using Gsctl.CommandLine;
using Gsctl.Connection;
using Gsctl.Output;
using Gsctl.Reports;
using Shared.Protocol.Administration;

namespace Gsctl.Commands;

/// <summary><c>gsctl status</c>: the daemons, whom they know, their queues and limits.</summary>
internal sealed class StatusCommand : IOperatorCommand
{
    /// <inheritdoc/>
    public Command Syntax { get; } = new("status", "The daemons: state, readiness, peers, queues with depth and limits, players. Exit code 1 where one is not ready.");

    /// <inheritdoc/>
    public async Task<int> RunAsync(GsctlContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        using Fleet fleet = context.OpenAll();
        IReadOnlyList<DaemonAnswer<DaemonStatus>> answers = await fleet.AskAsync(
            client => client.GetAsync(AdminPaths.Status, AdminJson.Default.DaemonStatus, cancellationToken));
        DaemonStatus[] all = [.. answers.Select(answer => answer.Value).OfType<DaemonStatus>()];
        IReadOnlyList<Unreached> unreached = context.TellUnreached(answers);
        if (context.Report.IsJson)
        {
            context.Report.Json(new StatusReport(all, unreached));
        }
        else
        {
            Show(all, context.Report);
        }

        return unreached.Count > 0 ? ExitCodes.Partly : all.All(status => status.Ready) ? ExitCodes.Done : ExitCodes.Refused;
    }

    private static void Show(DaemonStatus[] all, Report report)
    {
        TextTable daemons = new(
            new Column("DAEMON"), new Column("STATE"), new Column("READY"), new Column("PLAYERS", IsNumber: true), new Column("IN FLIGHT", IsNumber: true), new Column("UP", IsNumber: true),
            new Column("PID", IsNumber: true), new Column("GENERATION", MinColumns: 8), new Column("VERSION", MinColumns: 5));
        foreach (DaemonStatus status in all)
        {
            daemons.Add(
                StatusWords.NameOf(status),
                status.State,
                status.Ready ? "yes" : "no",
                Units.Count(StatusWords.PlayersOf(status)),
                Units.Count(StatusWords.InFlightOf(status)),
                Units.While(status.UptimeMs),
                status.ProcessId.ToString(CultureInfo.InvariantCulture),
                status.Generation,
                status.Version.Split('+')[0]);
        }

        report.Table(daemons);
        foreach (DaemonStatus status in all)
        {
            foreach (StatusFault fault in status.NotReady)
            {
                report.Line(report.Style.Bad($"{StatusWords.NameOf(status)} is not ready: {Shared.Terminal.VisibleText.Of($"{fault.Name}: {fault.Reason}")}"));
            }
        }

        report.Line();
        report.Table(PeersOf(all));
        report.Line();
        report.Table(StatusWords.QueuesOf(all));
        report.Line();
        report.Table(LimitsOf(all));
    }

    private static TextTable PeersOf(DaemonStatus[] all)
    {
        TextTable peers = new(
            new Column("DAEMON"), new Column("KNOWS"), new Column("STATE"), new Column("HEARD", IsNumber: true), new Column("CHARACTERS", IsNumber: true), new Column("GENERATION", MinColumns: 8));
        foreach (DaemonStatus status in all)
        {
            foreach (PeerStatus peer in status.Peers)
            {
                peers.Add(
                    StatusWords.NameOf(status),
                    StatusWords.NameOf(peer.Daemon, peer.Instance),
                    peer.State,
                    peer.HeardMsAgo is { } heard ? $"{Units.While(heard)} ago" : null,
                    peer.Characters is { } characters ? Units.Count(characters) : null,
                    peer.Generation);
            }
        }

        return peers;
    }

    private static TextTable LimitsOf(DaemonStatus[] all)
    {
        TextTable limits = new(
            new Column("DAEMON"), new Column("LIMIT"), new Column("IN USE", IsNumber: true), new Column("OF", IsNumber: true), new Column("FULL", IsNumber: true));
        foreach (DaemonStatus status in all)
        {
            string name = StatusWords.NameOf(status);
            if (status.Chat is { } chat)
            {
                limits.Add(name, "players (Chat:MaxPlayers)", Units.Count(chat.Sessions), Units.Count(chat.MaxPlayers), Units.Share(chat.Sessions, chat.MaxPlayers));
                limits.Add(name, "of them without a connection", Units.Count(chat.Detached), null, null);
                limits.Add(name, "connections that log in", Units.Count(chat.PendingLogIns), null, null);
            }

            if (status.Channel is { } channel)
            {
                limits.Add(name, "characters (Channel:MaxCharacters)", Units.Count(channel.Characters), Units.Count(channel.MaxCharacters), Units.Share(channel.Characters, channel.MaxCharacters));
            }

            if (status.Ipc?.Asking is { } asking)
            {
                limits.Add(
                    name, "window of unanswered requests", Units.Bytes(asking.UsedBytes + asking.OwedBytes), Units.Bytes(asking.WindowBytes),
                    Units.Share(asking.UsedBytes + asking.OwedBytes, asking.WindowBytes));
                limits.Add(name, "requests that wait for it", Units.Count(asking.Pending), null, null);
            }
        }

        return limits;
    }
}
