using System.CommandLine;
using System.Diagnostics;
using Gsctl.CommandLine;
using Gsctl.Connection;
using Gsctl.Output;
using Gsctl.Reports;
using Shared.Protocol.Administration;

namespace Gsctl.Commands;

/// <summary><c>gsctl drain</c>: lets nobody in any more; <c>--off</c> undoes it.</summary>
internal sealed class DrainCommand : IOperatorCommand
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(100);

    private readonly Option<bool> _off = new("--off") { Description = "Lets players in again." };
    private readonly Option<bool> _all = new("--all") { Description = "All daemons of the key, where neither --chat, --channel nor --socket names one." };
    private readonly Option<double?> _wait = new("--wait")
    {
        Description = "Returns when no request is under way at any of them, or after that time, then with exit code 1.",
        HelpName = "SECONDS",
        CustomParser = result => GlobalOptions.Seconds(result, 0.1, 3600),
    };

    /// <summary>Makes it.</summary>
    public DrainCommand() => Syntax = new Command(
        "drain", "Has a daemon let nobody in who is not there, and say that it is not ready. Whoever is there stays and is served.") { _off, _all, _wait };

    /// <inheritdoc/>
    public Command Syntax { get; }

    /// <inheritdoc/>
    public async Task<int> RunAsync(GsctlContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        if (context.Selection is { Chat: null, Channel: null, Sockets.Count: 0 } && !parsed.GetValue(_all))
        {
            throw new GsctlException(ExitCodes.Usage, "say which: --chat N, --channel N, or --all.");
        }

        DrainRequest request = new(!parsed.GetValue(_off));
        using Fleet fleet = context.OpenAll();
        IReadOnlyList<DaemonAnswer<DrainAnswer>> answers = await fleet.AskAsync(
            client => client.PostAsync(AdminPaths.Drain, request, AdminJson.Default.DrainRequest, AdminJson.Default.DrainAnswer, cancellationToken));
        int exitCode = ExitCodes.Done;
        if (request.On && parsed.GetValue(_wait) is { } seconds)
        {
            (answers, bool isQuiet) = await WaitAsync(fleet, answers, TimeSpan.FromSeconds(seconds), cancellationToken);
            exitCode = isQuiet ? ExitCodes.Done : ExitCodes.Refused;
        }

        DrainedDaemon[] drained = [.. answers.Where(answer => answer.Value is not null).Select(answer =>
            new DrainedDaemon(answer.Address.Name, answer.Value!.Draining, answer.Value.HasChanged, answer.Value.InFlight))];
        IReadOnlyList<Unreached> unreached = context.TellUnreached(answers);
        Show(context.Report, drained, unreached);
        return unreached.Count > 0 ? ExitCodes.Partly : exitCode;
    }

    private static async Task<(IReadOnlyList<DaemonAnswer<DrainAnswer>> Answers, bool IsQuiet)> WaitAsync(
        Fleet fleet, IReadOnlyList<DaemonAnswer<DrainAnswer>> answers, TimeSpan limit, CancellationToken cancellationToken)
    {
        long beganAt = Stopwatch.GetTimestamp();
        while (true)
        {
            IReadOnlyList<DaemonAnswer<DaemonStatus>> states = await fleet.AskAsync(
                client => client.GetAsync(AdminPaths.Status, AdminJson.Default.DaemonStatus, cancellationToken));
            answers = [.. answers.Zip(states, (answer, state) => answer with
            {
                Value = answer.Value is { } told && state.Value is { } status ? told with { InFlight = StatusWords.InFlightOf(status) } : answer.Value,
            })];
            bool isQuiet = answers.All(answer => answer.Value is not { InFlight: > 0 });
            if (isQuiet || Stopwatch.GetElapsedTime(beganAt) > limit)
            {
                return (answers, isQuiet);
            }

            await Task.Delay(s_step, cancellationToken);
        }
    }

    private static void Show(Report report, DrainedDaemon[] drained, IReadOnlyList<Unreached> unreached)
    {
        if (report.IsJson)
        {
            report.Json(new DrainReport(drained, unreached));
            return;
        }

        foreach (DrainedDaemon daemon in drained)
        {
            string state = daemon.Draining ? "lets nobody in" : "lets players in";
            report.Line($"{daemon.Daemon} {state}{(daemon.HasChanged ? string.Empty : ", as before")}; {Units.Count(daemon.InFlight)} requests are under way.");
        }
    }
}
