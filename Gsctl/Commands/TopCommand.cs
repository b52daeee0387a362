using System.CommandLine;
using System.Diagnostics;
using Gsctl.CommandLine;
using Gsctl.Connection;
using Gsctl.Live;
using Gsctl.Reports;

namespace Gsctl.Commands;

/// <summary><c>gsctl top</c>: rates and latencies, live.</summary>
internal sealed class TopCommand : IOperatorCommand
{
    private const int DefaultSeconds = 2;

    private static readonly TimeSpan s_keyStep = TimeSpan.FromMilliseconds(50);

    private readonly Option<double> _interval = new("--interval")
    {
        Description = "How long an interval is, in seconds.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => DefaultSeconds,
        CustomParser = result => GlobalOptions.Seconds(result, 0.2, 3600),
    };

    private readonly Option<bool> _once = new("--once") { Description = "One interval, printed; then it ends." };

    /// <summary>Makes it.</summary>
    public TopCommand() => Syntax = new Command(
        "top", "Rates, median and 99th percentile by request and command, requests in flight, depth of the queues: live, until q or Ctrl-C.") { _interval, _once };

    /// <inheritdoc/>
    public Command Syntax { get; }

    /// <inheritdoc/>
    public bool EndsWithSignal => true;

    /// <inheritdoc/>
    public async Task<int> RunAsync(GsctlContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        TimeSpan interval = TimeSpan.FromSeconds(parsed.GetValue(_interval));
        bool isOnce = parsed.GetValue(_once);
        Sample before = await TakeAsync(context, cancellationToken);
        bool isLive = !isOnce && !context.Report.IsJson && context.Report.MaxColumns is not null;
        using LiveScreen? screen = isLive ? new LiveScreen(Console.Out, static () => Console.WindowHeight) : null;
        screen?.Draw([$"gsctl top: the first interval of {interval.TotalSeconds:0.#} s is under way; q ends it."]);
        while (await WaitAsync(interval, readsKeys: isLive, cancellationToken))
        {
            Sample after;
            try
            {
                after = await TakeAsync(context, cancellationToken);
            }
            catch (GsctlException away) when (screen is not null)
            {
                // All are being restarted, perhaps.
                screen.Draw(away.Message.Split(Environment.NewLine));
                continue;
            }

            TopReport report = Rates.Between(before, after);
            Show(context, screen, report);
            before = after;
            if (isOnce)
            {
                return report.Unreached.Count > 0 ? ExitCodes.Partly : ExitCodes.Done;
            }
        }

        return ExitCodes.Done;
    }

    // Found anew each time: daemons come and go.
    private static async Task<Sample> TakeAsync(GsctlContext context, CancellationToken cancellationToken)
    {
        using Fleet fleet = context.OpenAll();
        return await Sample.TakeAsync(fleet, cancellationToken);
    }

    private static void Show(GsctlContext context, LiveScreen? screen, TopReport report)
    {
        if (context.Report.IsJson)
        {
            context.Report.Json(report);
        }
        else if (screen is not null)
        {
            // The terminal may have another size by now.
            screen.Draw(TopView.Write(report, context.Ipc.RequestKey, context.Report.Style, Math.Max(1, Console.WindowWidth)));
        }
        else
        {
            foreach (string line in TopView.Write(report, context.Ipc.RequestKey, context.Report.Style, context.Report.MaxColumns))
            {
                context.Report.Line(line);
            }
        }
    }

    /// <summary>Waits for the end of an interval.</summary>
    /// <returns>False where the operator has typed q.</returns>
    private static async Task<bool> WaitAsync(TimeSpan interval, bool readsKeys, CancellationToken cancellationToken)
    {
        if (!readsKeys || Console.IsInputRedirected)
        {
            await Task.Delay(interval, cancellationToken);
            return true;
        }

        long beganAt = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(beganAt) < interval)
        {
            while (Console.KeyAvailable)
            {
                if (Console.ReadKey(intercept: true).KeyChar is 'q' or 'Q')
                {
                    return false;
                }
            }

            await Task.Delay(s_keyStep, cancellationToken);
        }

        return true;
    }
}
