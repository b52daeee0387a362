using System.CommandLine;
using System.Globalization;
using System.Threading.Channels;
using Gsctl.CommandLine;
using Gsctl.Connection;
using Gsctl.Discovery;
using Gsctl.Reports;
using Shared.Protocol.Administration;
using Shared.Protocol.Transport;

namespace Gsctl.Commands;

/// <summary><c>gsctl trace NAME</c>: whatever a character says, at whichever channelD, until it is ended.</summary>
internal sealed class TraceCommand : IOperatorCommand
{
    private const int MaxWaiting = 256;

    // The daemon gives a sign of life every 5 s.
    private static readonly TimeSpan s_longestSilence = TimeSpan.FromSeconds(15);

    private readonly Argument<string> _name = new("NAME") { Description = "The character's name; it need not be in the game." };
    private readonly Option<double?> _for = new("--for")
    {
        Description = "Ends after that time.",
        HelpName = "SECONDS",
        CustomParser = result => GlobalOptions.Seconds(result, 0.1, 7 * 24 * 3600),
    };

    private readonly Option<int?> _lines = new("--lines") { Description = "Ends after that many lines.", HelpName = "N", CustomParser = result => GlobalOptions.Whole(result, 1, int.MaxValue) };

    /// <summary>Makes it.</summary>
    public TraceCommand() => Syntax = new Command(
        "trace", "Shows whatever a character says, to whomever, until Ctrl-C. The character does not notice; the daemon's log says who traced whom.") { _name, _for, _lines };

    /// <inheritdoc/>
    public Command Syntax { get; }

    /// <inheritdoc/>
    public bool EndsWithSignal => true;

    /// <inheritdoc/>
    public async Task<int> RunAsync(GsctlContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        TraceRequest request = new(parsed.GetRequiredValue(_name));
        using Fleet fleet = context.Open(DaemonRole.ChannelD);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (parsed.GetValue(_for) is { } seconds)
        {
            ending.CancelAfter(TimeSpan.FromSeconds(seconds));
        }

        Channel<TracedReport> lines = Channel.CreateBounded<TracedReport>(MaxWaiting);
        Task<AdminFault?>[] follows = [.. fleet.Addresses.Select(address => FollowAsync(context, fleet.ClientOf(address), address, request, lines.Writer, ending.Token))];
        _ = CompleteAsync(follows, lines.Writer);
        int left = parsed.GetValue(_lines) ?? int.MaxValue;
        try
        {
            await foreach (TracedReport line in lines.Reader.ReadAllAsync(ending.Token))
            {
                Show(context, line);
                if (--left == 0)
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Ended by the operator, or by the clock.
        }

        await ending.CancelAsync();
        AdminFault[] faults = [.. (await Task.WhenAll(follows)).OfType<AdminFault>()];
        return faults.Length == 0 ? ExitCodes.Done
            : faults.Length < follows.Length ? ExitCodes.Partly
            : faults[0].Code is null ? ExitCodes.CannotReach
            : ExitCodes.Refused;
    }

    private static async Task<AdminFault?> FollowAsync(
        GsctlContext context, AdminClient client, DaemonAddress address, TraceRequest request, ChannelWriter<TracedReport> to, CancellationToken cancellationToken)
    {
        try
        {
            bool isFirst = true;
            await foreach (TraceLine line in client.FollowAsync(
                AdminPaths.Trace, request, AdminJson.Default.TraceRequest, AdminJson.Default.TraceLine, s_longestSilence, cancellationToken))
            {
                if (line.Room.Length > 0)
                {
                    await to.WriteAsync(new TracedReport(line.At, address.Name, line.Name, line.Room, line.To, line.Text, line.Missed), cancellationToken);
                }
                else if (isFirst && !context.Report.IsJson)
                {
                    context.Report.Line($"{address.Name}: tracing {Shared.Terminal.VisibleText.Of(line.Name)}. Ctrl-C ends it.");
                }

                isFirst = false;
            }

            // The daemon stops.
            context.Report.Problem($"{address.Name} has ended the trace.");
            return new AdminFault(null, string.Empty);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (AdminFault fault)
        {
            context.Report.Problem(fault.Message);
            return fault;
        }
    }

    private static async Task CompleteAsync(Task<AdminFault?>[] follows, ChannelWriter<TracedReport> lines)
    {
        // Whatever has ended them: whoever reads the lines has to know, or it waits for ever.
        Exception? failure = null;
        try
        {
            _ = await Task.WhenAll(follows);
        }
#pragma warning disable CA1031 // Handed on to who reads.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = exception;
        }
        finally
        {
            lines.Complete(failure);
        }
    }

    private static void Show(GsctlContext context, TracedReport line)
    {
        if (context.Report.IsJson)
        {
            context.Report.Json(line);
            return;
        }

        if (line.Missed > 0)
        {
            context.Report.Problem(string.Create(CultureInfo.InvariantCulture, $"{line.Missed} lines were missed here."));
        }

        string to = line.To.Length > 0 ? $" {line.To}" : string.Empty;
        context.Report.Line(string.Create(
            CultureInfo.InvariantCulture, $"{line.At.ToLocalTime():HH:mm:ss}  {line.Daemon}  {Shared.Terminal.VisibleText.Of($"{line.Name} ({line.Room}{to}): {line.Text}")}"));
    }
}
