using Gsctl.CommandLine;
using Gsctl.Connection;
using Gsctl.Discovery;
using Gsctl.Reports;
using Shared.Protocol.Administration;
using Shared.Protocol.Transport;

namespace Gsctl.Commands;

/// <summary>
/// Which channelD is asked to mute somebody. All of them share what is kept, and one is enough: that which has the character, for it knows it
/// at once. Where each keeps its own in memory, all are asked.
/// </summary>
internal static class Muter
{
    /// <summary>Asks them.</summary>
    public static async Task<IReadOnlyList<MuteReport>> RunAsync(
        GsctlContext context, string name, Func<AdminClient, Task<MuteAnswer>> mute, CancellationToken cancellationToken)
    {
        using Fleet fleet = context.Open(DaemonRole.ChannelD);
        List<MuteReport> reports = [];
        foreach (DaemonAddress address in await ChooseAsync(fleet, name, cancellationToken))
        {
            MuteAnswer answer = await mute(fleet.ClientOf(address));
            reports.Add(new MuteReport(address.Name, answer.Name, answer.HasChanged, answer.MutedUntil));
        }

        return reports;
    }

    private static async Task<IReadOnlyList<DaemonAddress>> ChooseAsync(Fleet fleet, string name, CancellationToken cancellationToken)
    {
        if (fleet.Addresses.Count == 1)
        {
            return fleet.Addresses;
        }

        IReadOnlyList<DaemonAnswer<DaemonStatus>> states = await fleet.AskAsync(
            client => client.GetAsync(AdminPaths.Status, AdminJson.Default.DaemonStatus, cancellationToken));
        DaemonAddress[] there = [.. states.Where(state => state.Value?.Channel is not null).Select(state => state.Address)];
        if (states.Any(state => state.Value?.Channel is { State: "memory" }))
        {
            return there;
        }

        IReadOnlyList<DaemonAnswer<FindAnswer>> found = await fleet.AskAsync(
            client => client.GetAsync($"{AdminPaths.Find}?name={Uri.EscapeDataString(name)}", AdminJson.Default.FindAnswer, cancellationToken));
        return [found.FirstOrDefault(answer => answer.Value is { Source: "own" })?.Address ?? there[0]];
    }
}
