using Gsctl.Connection;
using Gsctl.Discovery;
using Gsctl.Reports;
using Shared.Protocol.Administration;

namespace Gsctl.Live;

/// <summary>Everything that the daemons told at one moment.</summary>
/// <param name="At">When.</param>
/// <param name="Daemons">Each daemon's status and counts, by its address.</param>
/// <param name="Unreached">Those that could not be asked.</param>
internal sealed record Sample(DateTimeOffset At, IReadOnlyDictionary<DaemonAddress, (DaemonStatus Status, MetricsAnswer Metrics)> Daemons, IReadOnlyList<Unreached> Unreached)
{
    /// <summary>Asks them all.</summary>
    /// <exception cref="GsctlException">None could be reached.</exception>
    public static async Task<Sample> TakeAsync(Fleet fleet, CancellationToken cancellationToken)
    {
        IReadOnlyList<DaemonAnswer<Told>> answers = await fleet.AskAsync(async client => new Told(
            await client.GetAsync(AdminPaths.Status, AdminJson.Default.DaemonStatus, cancellationToken),
            await client.GetAsync(AdminPaths.Metrics, AdminJson.Default.MetricsAnswer, cancellationToken)));
        return new Sample(
            DateTimeOffset.UtcNow,
            answers.Where(answer => answer.Value is not null).ToDictionary(answer => answer.Address, answer => (answer.Value!.Status, answer.Value.Metrics)),
            [.. answers.Where(answer => answer.Fault is not null).Select(answer => new Unreached(answer.Address.Name, answer.Address.SocketPath, answer.Fault!.Message))]);
    }

    private sealed record Told(DaemonStatus Status, MetricsAnswer Metrics);
}
