using System.CommandLine;
using System.Globalization;
using Gsctl.CommandLine;
using Gsctl.Discovery;
using Gsctl.Output;
using Gsctl.Purging;
using Gsctl.Reports;

namespace Gsctl.Commands;

/// <summary><c>gsctl purge --stale</c>: removes what daemons of the key have left that no longer live.</summary>
internal sealed class PurgeCommand : IOperatorCommand
{
    private readonly Option<bool> _stale = new("--stale") { Description = "What daemons have left that no longer live. There is nothing else that could be purged; it has to be said." };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask." };
    private readonly Option<bool> _dryRun = new("--dry-run", "-n") { Description = "Only say what would be removed." };

    /// <summary>Makes it.</summary>
    public PurgeCommand() => Syntax = new Command(
        "purge", "Removes queues, rings, semaphores, sockets and beacons of the key's daemons that no longer live; never those of one that does. It lists them first.")
    {
        _stale, _yes, _dryRun,
    };

    /// <inheritdoc/>
    public Command Syntax { get; }

    /// <inheritdoc/>
    public Task<int> RunAsync(GsctlContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        if (!parsed.GetValue(_stale))
        {
            throw new GsctlException(ExitCodes.Usage, "say --stale: what daemons have left that no longer live.");
        }

        Report report = context.Report;
        bool isDry = parsed.GetValue(_dryRun);
        bool isSure = parsed.GetValue(_yes) && !isDry;
        var purge = new Purge(context.Ipc);
        LeftObjects left = purge.Look();
        if (!report.IsJson || isDry || left.IsEmpty)
        {
            Show(context, left);
        }

        if (isDry || left.IsEmpty)
        {
            return Task.FromResult(ExitCodes.Done);
        }

        if (!isSure && !Asks(report))
        {
            throw new GsctlException(ExitCodes.Usage, "nothing was removed; say --yes to remove what is stale, or --dry-run to be told of it.");
        }

        LeftObjects removed = purge.Remove();
        Show(context, removed);
        return Task.FromResult(removed.Items.Any(item => item.Outcome == "failed") ? ExitCodes.Refused : ExitCodes.Done);
    }

    private static bool Asks(Report report)
    {
        if (report.IsJson || Console.IsInputRedirected || Console.IsOutputRedirected)
        {
            return false;
        }

        Console.Out.Write("Remove what is stale? [y/N] ");
        return Console.In.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }

    private static void Show(GsctlContext context, LeftObjects left)
    {
        string[] living = [.. left.Living.Select(DaemonAddress.NameOf)];
        if (context.Report.IsJson)
        {
            context.Report.Json(new PurgeReport(context.Ipc.RequestKey, living, left.Items));
            return;
        }

        if (left.Items.Count == 0)
        {
            context.Report.Line(string.Create(CultureInfo.InvariantCulture, $"Nothing of key {context.Ipc.RequestKey} is stale."));
        }

        TextTable table = new(new Column("OUTCOME"), new Column("KIND"), new Column("WHAT", MinColumns: 20), new Column("REASON", MinColumns: 10));
        foreach (PurgeItem item in left.Items)
        {
            table.Add(item.Outcome, item.Kind, item.What, item.Reason ?? string.Empty);
        }

        context.Report.Table(table);
        if (living.Length > 0)
        {
            context.Report.Line($"Left alone, for they live: {string.Join(", ", living)}.");
        }
    }
}
