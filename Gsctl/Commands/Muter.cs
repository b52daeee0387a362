using Gsctl.CommandLine;
using Gsctl.Connection;
using Gsctl.Discovery;
using Gsctl.Reports;
using Shared.Protocol.Administration;
using Shared.Protocol.Transport;

namespace Gsctl.Commands;

/// <summary>
/// Which channelD is asked to mute somebody. All of them share what is kept, and one is enough: that which has the character, for it knows it
/// at once. Where each keeps its own in memory, all are asked, and one that is not reached goes on as before.
/// </summary>
internal static class Muter
{
    /// <summary>Asks them, shows what they answered, and tells of those that did not.</summary>
    /// <param name="context">What every command is given.</param>
    /// <param name="name">The character's name.</param>
    /// <param name="mute">Asks one.</param>
    /// <param name="show">What an answer says to a person.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(
        GsctlContext context, string name, Func<AdminClient, Task<MuteAnswer>> mute, Func<MuteReport, string> show, CancellationToken cancellationToken)
    {
        using Fleet fleet = context.Open(DaemonRole.ChannelD);
        (IReadOnlyList<DaemonAddress> chosen, IReadOnlyList<AdminFault> unreached) = await ChooseAsync(fleet, name, cancellationToken);
        List<AdminFault> faults = [.. unreached];
        bool hasAnswered = false;
        bool hasChanged = false;
        foreach (DaemonAddress address in chosen)
        {
            try
            {
                MuteAnswer answer = await mute(fleet.ClientOf(address));
                Show(context, new MuteReport(address.Name, answer.Name, answer.HasChanged, answer.MutedUntil), show);
                hasAnswered = true;
                hasChanged |= answer.HasChanged;
            }
            catch (AdminFault fault)
            {
                faults.Add(fault);
            }
        }

        foreach (AdminFault fault in faults)
        {
            context.Report.Problem(fault.Message);
        }

        return (hasAnswered, faults.Count) switch
        {
            (true, > 0) => ExitCodes.Partly,
            (true, _) => hasChanged ? ExitCodes.Done : ExitCodes.Refused,
            _ => faults.TrueForAll(fault => fault.Code is null) ? ExitCodes.CannotReach : ExitCodes.Refused,
        };
    }

    private static void Show(GsctlContext context, MuteReport report, Func<MuteReport, string> show)
    {
        if (context.Report.IsJson)
        {
            context.Report.Json(report);
        }
        else
        {
            context.Report.Line(show(report));
        }
    }

    private static async Task<(IReadOnlyList<DaemonAddress> Chosen, IReadOnlyList<AdminFault> Unreached)> ChooseAsync(
        Fleet fleet, string name, CancellationToken cancellationToken)
    {
        if (fleet.Addresses.Count == 1)
        {
            return (fleet.Addresses, []);
        }

        IReadOnlyList<DaemonAnswer<DaemonStatus>> states = await fleet.AskAsync(
            client => client.GetAsync(AdminPaths.Status, AdminJson.Default.DaemonStatus, cancellationToken));
        DaemonAddress[] there = [.. states.Where(state => state.Value?.Channel is not null).Select(state => state.Address)];
        if (there.Length == 0)
        {
            throw new GsctlException(
                ExitCodes.CannotReach, string.Join(Environment.NewLine, ["no channelD has answered.", .. states.Select(state => state.Fault?.Message).OfType<string>()]));
        }

        if (states.Any(state => state.Value?.Channel is { State: "memory" }))
        {
            return (there, [.. states.Select(state => state.Fault).OfType<AdminFault>()]);
        }

        IReadOnlyList<DaemonAnswer<FindAnswer>> found = await fleet.AskAsync(
            client => client.GetAsync($"{AdminPaths.Find}?name={Uri.EscapeDataString(name)}", AdminJson.Default.FindAnswer, cancellationToken));
        return ([found.FirstOrDefault(answer => answer.Value is { Source: "own" })?.Address ?? there[0]], []);
    }
}
